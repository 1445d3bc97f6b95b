import { TrackingClient } from "../../tracking";
import { formatPlural } from "../../view";
import { allRuns } from "../all-pages";
import type { Command } from "../command";
import { confirmRestorable } from "../confirm";
import { findExperimentId } from "../ids";
import { EXPERIMENT_ID, YES } from "../options";

/** `trackbook experiments delete` */
export const deleteExperiment: Command<{ experimentId: string; yes?: boolean }> = {
  options: [EXPERIMENT_ID, YES],
  notes:
    "Its files are kept: `experiments restore` brings it back, `gc` removes it for good.\nAsks on a terminal only.",
  examples: ["experiments delete -x 4736", "experiments delete -x 4736 --yes"],
  async run({ experimentId, ...options }, session) {
    const client = new TrackingClient();
    const id = await findExperimentId(client, experimentId);
    const { name } = await client.getExperiment(id);
    const runs = formatPlural((await allRuns(client, [id])).length, "run");
    const what = `experiment '${name}' (${id}) with ${runs}`;
    if (!(await confirmRestorable(what, options, session))) return 1;
    await client.deleteExperiment(id);
    session.say(`Experiment '${name}' with ID ${id} has been deleted, with ${runs}.`);
    session.say(`To bring it back: trackbook experiments restore -x ${id}`);
    return 0;
  },
};
