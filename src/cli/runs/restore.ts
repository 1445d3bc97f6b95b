import { TrackingClient } from "../../tracking";
import type { Command } from "../command";
import { findRunId } from "../ids";
import { RUN_ID } from "../options";

/** `trackbook runs restore` */
export const restoreRun: Command<{ runId: string }> = {
  options: [RUN_ID],
  examples: ["runs list --view deleted_only", "runs restore --run-id 29e8a380"],
  async run({ runId }, session) {
    const client = new TrackingClient();
    const id = await findRunId(client, runId);
    await client.restoreRun(id);
    session.say(`Run with id ${id} has been restored.`);
  },
};
