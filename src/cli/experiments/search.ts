import { now, type Experiment } from "../../core";
import { TrackingClient } from "../../tracking";
import { formatRelativeTime, textStyle, textTable } from "../../view";
import { allExperiments } from "../all-pages";
import type { Command, ListingOptions } from "../command";
import { type Listing, isoTime, printListing } from "../listing";
import { maxResults, VIEW, type ViewWord, viewTypeOf } from "../options";
import type { Session } from "../session";
import { experimentJson } from "../wire-forms";

interface Options extends ListingOptions {
  readonly view: ViewWord;
  readonly maxResults?: number;
  readonly filter?: string;
}

/** `trackbook experiments search` */
export const searchExperiments: Command<Options> = {
  isListing: true,
  options: [VIEW, { flags: "--filter <text>", description: "such as \"name LIKE 'iris%'\"" }, maxResults()],
  notes: "JSON: a list of what `mlflow experiments get --output json` prints. Piped: tab-separated lines.",
  examples: ["experiments search", "experiments search --view deleted_only --json"],
  async run(options, session) {
    const search = { viewType: viewTypeOf(options.view), filter: options.filter };
    const found = await allExperiments(new TrackingClient(), search);
    printListing(listing(found.slice(0, options.maxResults), session), options, session);
  },
};

function listing(rows: readonly Experiment[], session: Session): Listing<Experiment> {
  return {
    rows,
    columns: [
      { head: "experiment_id", value: ({ experimentId }) => experimentId },
      { head: "name", value: ({ name }) => name },
      { head: "artifact_location", value: ({ artifactLocation }) => artifactLocation },
      { head: "lifecycle_stage", value: ({ lifecycleStage }) => lifecycleStage },
      { head: "creation_time", value: ({ creationTime }) => isoTime(creationTime) },
      { head: "last_update_time", value: ({ lastUpdateTime }) => isoTime(lastUpdateTime) },
    ],
    json: experimentJson,
    human: () => experimentTable(rows, session),
  };
}

function experimentTable(rows: readonly Experiment[], { width, color }: Session): string {
  if (rows.length === 0) return "No experiments.";
  const style = textStyle(color);
  const time = now();
  const columns = [
    {
      head: "experiment",
      cells: rows.map(({ name, lifecycleStage }) => ({
        text: lifecycleStage === "deleted" ? `${name} (deleted)` : name,
      })),
    },
    {
      head: "last change",
      align: "right" as const,
      cells: rows.map(({ lastUpdateTime }) => ({
        text: lastUpdateTime === undefined ? "—" : formatRelativeTime(lastUpdateTime, time),
      })),
    },
    { head: "id", cells: rows.map(({ experimentId }) => ({ text: experimentId })) },
    {
      head: "artifacts",
      maxWidth: 48,
      cells: rows.map(({ artifactLocation }) => ({ text: artifactLocation, paint: style.dim })),
    },
  ];
  return textTable(columns, { width, style }).lines.join("\n");
}
