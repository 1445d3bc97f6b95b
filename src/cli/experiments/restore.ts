import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findExperimentId } from "../ids";
import { EXPERIMENT_ID } from "../options";

/** `trackbook experiments restore` */
export const restoreExperiment: Command<{ experimentId: string }> = {
  options: [EXPERIMENT_ID],
  notes: "All of its runs come back with it, those that were deleted before it too, as in MLflow.",
  examples: ["experiments restore -x 4736"],
  async run({ experimentId }, session) {
    const client = new TrackingClient();
    const id = await findExperimentId(client, experimentId);
    await client.restoreExperiment(id);
    session.say(`Experiment with id ${id} has been restored.`);
  },
};
