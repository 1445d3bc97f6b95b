import { now } from "../../core";
import { TrackingClient } from "../../tracking";
import { formatRelativeTime } from "../../view";
import type { Command } from "../command";
import { confirmRestorable } from "../confirm";
import { findRunId } from "../ids";
import { RUN_ID, YES } from "../options";

/** `trackbook runs delete` */
export const deleteRun: Command<{ runId: string; yes?: boolean }> = {
  options: [RUN_ID, YES],
  notes: "Its files are kept: `runs restore` brings it back, `gc` removes it for good.\nAsks on a terminal only.",
  examples: ["runs delete --run-id 29e8a380"],
  async run({ runId, ...options }, session) {
    const client = new TrackingClient();
    const id = await findRunId(client, runId);
    const { info } = await client.getRun(id);
    const what = `run '${info.runName}' (${id}), begun ${formatRelativeTime(info.startTime, now())}`;
    if (!(await confirmRestorable(what, options, session))) return 1;
    await client.deleteRun(id);
    session.say(`Run '${info.runName}' with ID ${id} has been deleted.`);
    session.say(`To bring it back: trackbook runs restore --run-id ${id}`);
    return 0;
  },
};
