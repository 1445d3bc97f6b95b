import { TrackingClient } from "../../tracking";
import type { Command } from "../command";

/** `trackbook experiments create` */
export const createExperiment: Command<{ experimentName: string; artifactLocation?: string }> = {
  options: [
    { flags: "-n, --experiment-name <name>", description: "its name", isRequired: true },
    { flags: "-l, --artifact-location <uri>", description: "where its runs keep their files (default: in the store)" },
  ],
  notes: "Prints the new id when piped.",
  examples: ["experiments create -n iris"],
  async run({ experimentName, artifactLocation }, session) {
    const id = await new TrackingClient().createExperiment(experimentName, { artifactLocation });
    session.print(session.isTerminal ? `Created experiment '${experimentName}' with id ${id}` : id);
  },
};
