import { InvalidInputError, messages, nearest, type Experiment } from "../../core";
import { TrackingClient } from "../../tracking";
import { formatAbsoluteTime, textStyle, textTable } from "../../view";
import { allExperiments } from "../all-pages";
import type { Command } from "../command";
import { findExperimentId } from "../ids";
import type { Session } from "../session";
import { experimentJson } from "../wire-forms";

interface Options {
  readonly experimentId?: string;
  readonly experimentName?: string;
  readonly output: "table" | "json";
  readonly json?: boolean;
}

/** `trackbook experiments get` */
export const getExperiment: Command<Options> = {
  oneOf: ["experimentId", "experimentName"],
  options: [
    { flags: "-x, --experiment-id <id>", description: "its id, or the beginning of it" },
    { flags: "-n, --experiment-name <name>", description: "its name" },
    { flags: "--output <form>", description: "form", choices: ["table", "json"], default: "table" },
    { flags: "--json", description: "the same as --output json" },
  ],
  notes: "JSON: what `mlflow experiments get --output json` prints.",
  examples: ["experiments get -n iris", "experiments get -x 4736 --json"],
  async run(options, session) {
    const experiment = await find(new TrackingClient(), options);
    if (options.json || options.output === "json") session.print(JSON.stringify(experimentJson(experiment), null, 2));
    else session.print(describe(experiment, session));
  },
};

async function find(client: TrackingClient, { experimentId, experimentName = "" }: Options): Promise<Experiment> {
  if (experimentId !== undefined) return client.getExperiment(await findExperimentId(client, experimentId));
  const found = await client.getExperimentByName(experimentName);
  if (found) return found;
  const names = (await allExperiments(client, { viewType: "ALL" })).map(({ name }) => name);
  throw new InvalidInputError(messages.experimentNotFound(experimentName, nearest(experimentName, names)));
}

function describe(experiment: Experiment, { width, color }: Session): string {
  const style = textStyle(color);
  const time = (instant: number | undefined) => (instant === undefined ? "—" : formatAbsoluteTime(instant));
  const facts: readonly (readonly [string, string])[] = [
    ["Experiment ID", experiment.experimentId],
    ["Name", experiment.name],
    ["Artifact Location", experiment.artifactLocation],
    ["Lifecycle Stage", experiment.lifecycleStage],
    ["Creation Time", time(experiment.creationTime)],
    ["Last Update Time", time(experiment.lastUpdateTime)],
    ...Object.entries(experiment.tags).map(([key, value]) => [`Tag ${key}`, value] as const),
  ];
  const columns = [
    { head: "", cells: facts.map(([fact]) => ({ text: fact, paint: style.dim })) },
    { head: "", maxWidth: Number.POSITIVE_INFINITY, cells: facts.map(([, value]) => ({ text: value })) },
  ];
  return textTable(columns, { width: Math.max(width, 10_000), style }).lines.join("\n");
}
