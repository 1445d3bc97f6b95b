import { showRun } from "../../notebook";
import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findRunId } from "../ids";
import { RUN_ID } from "../options";
import { runJson } from "../wire-forms";

/** `trackbook runs describe` */
export const describeRun: Command<{ runId: string; json?: boolean }> = {
  options: [RUN_ID, { flags: "--json", description: "print JSON, also on a terminal" }],
  notes: "On a terminal a card; piped, or with --json, what `mlflow runs describe` prints.",
  examples: ["runs describe --run-id 29e8a380", "runs describe --run-id 29e8a380 --json"],
  async run({ runId, json }, session) {
    const client = new TrackingClient();
    const id = await findRunId(client, runId);
    if (session.isTerminal && !json) await showRun(id);
    else session.print(JSON.stringify(runJson(await client.getRun(id)), null, 2));
  },
};
