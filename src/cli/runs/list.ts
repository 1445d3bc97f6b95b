import { now, type RunEntity } from "../../core";
import { TrackingClient } from "../../tracking";
import { describeRuns, runTableView } from "../../view";
import { allExperiments } from "../all-pages";
import type { Command, ListingOptions } from "../command";
import { findExperimentId } from "../ids";
import { type Listing, isoTime, printListing } from "../listing";
import { maxResults, VIEW, type ViewWord, viewTypeOf } from "../options";
import type { Session } from "../session";
import { runJson } from "../wire-forms";

/** Where the columns are that a table leaves out. */
const ALL = { equalCall: "--json", roomCall: "--json" } as const;

interface Options extends ListingOptions {
  readonly experimentId?: string;
  readonly view: ViewWord;
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly maxResults: number;
}

/** `trackbook runs list` */
export const listRuns: Command<Options> = {
  isListing: true,
  options: [
    {
      flags: "-x, --experiment-id <id>",
      description: "its id, or the beginning of it (default: all experiments)",
      env: "MLFLOW_EXPERIMENT_ID",
    },
    VIEW,
    { flags: "--filter <text>", description: 'such as "metrics.loss < 0.1"' },
    { flags: "--order-by <key>", description: 'such as "metrics.loss ASC"', isRepeatable: true },
    maxResults("1000"),
  ],
  notes: "JSON: a list of what `mlflow runs describe` prints. Piped: tab-separated lines.",
  examples: ["runs list", 'runs list -x 4736 --order-by "metrics.loss ASC" --json'],
  async run(options, session) {
    const client = new TrackingClient();
    const { view, filter, orderBy, maxResults: most } = options;
    const ids =
      options.experimentId === undefined
        ? (await allExperiments(client, { viewType: "ALL" })).map(({ experimentId }) => experimentId)
        : [await findExperimentId(client, options.experimentId)];
    const found = await client.searchRuns(ids, {
      viewType: viewTypeOf(view),
      filter,
      orderBy,
      maxResults: Number(most),
    });
    printListing(listing(found, session), options, session);
    if (found.nextPageToken !== undefined) session.say(`There are more than these ${most}: --max-results shows them.`);
  },
};

function listing(rows: readonly RunEntity[], { width, color }: Session): Listing<RunEntity> {
  return {
    rows,
    columns: [
      { head: "run_id", value: ({ info }) => info.runId },
      { head: "name", value: ({ info }) => info.runName },
      { head: "status", value: ({ info }) => info.status },
      { head: "experiment_id", value: ({ info }) => info.experimentId },
      { head: "start_time", value: ({ info }) => isoTime(info.startTime) },
      { head: "end_time", value: ({ info }) => isoTime(info.endTime) },
      { head: "lifecycle_stage", value: ({ info }) => info.lifecycleStage },
    ],
    json: runJson,
    human: () => runTableView.text(describeRuns(rows, { now: now(), ...ALL }), { now: now(), width, color }),
  };
}
