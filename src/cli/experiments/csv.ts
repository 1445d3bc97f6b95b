import { writeFileSync } from "node:fs";
import { TrackingClient } from "../../tracking";
import { allRuns } from "../all-pages";
import type { Command } from "../command";
import { findExperimentId } from "../ids";
import { runsCsv } from "./pandas-csv";
import { EXPERIMENT_ID } from "../options";

/** `trackbook experiments csv` */
export const exportRuns: Command<{ experimentId: string; filename?: string }> = {
  options: [EXPERIMENT_ID, { flags: "-o, --filename <file>", description: "where to write (default: stdout)" }],
  notes:
    "One line a run, newest first: run_id, experiment_id, status, artifact_uri, start_time, end_time,\nthen each metrics.*, params.* and tags.* column, as `mlflow experiments csv` has them.",
  examples: ["experiments csv -x 4736 -o iris.csv"],
  async run({ experimentId, filename }, session) {
    const client = new TrackingClient();
    const id = await findExperimentId(client, experimentId);
    const csv = runsCsv(await allRuns(client, [id]));
    if (filename === undefined) {
      session.print(csv);
      return;
    }
    writeFileSync(filename, `${csv}\n`);
    session.say(`Experiment with ID ${id} has been exported as a CSV to file: ${filename}.`);
  },
};
