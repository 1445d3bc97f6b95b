import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findExperimentId } from "../ids";
import { EXPERIMENT_ID } from "../options";

/** `trackbook experiments rename` */
export const renameExperiment: Command<{ experimentId: string; newName: string }> = {
  options: [
    EXPERIMENT_ID,
    { flags: "--new-name <name>", description: "what it is called from now on", isRequired: true },
  ],
  examples: ["experiments rename -x 4736 --new-name iris-2026"],
  async run({ experimentId, newName }, session) {
    const client = new TrackingClient();
    const id = await findExperimentId(client, experimentId);
    await client.renameExperiment(id, newName);
    session.say(`Experiment with id ${id} has been renamed to '${newName}'.`);
  },
};
