import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunEntity } from "../../src/core";
import { openTrackingStore } from "../../src/stores";
import { MATRIX_TRAININGS, type MatrixTraining } from "./matrix-trainings";

/** What one process left: `full`, `partial: <names of the lost arguments>`, or what is wrong; by training. */
export type MatrixOutcomes = Readonly<Record<string, string>>;

const WARNING = /trackbook: .*--import trackbook\/register/g;

/**
 * Looks up in the store what each of `printed`, the lines that the trainings have left, says of their runs. What belongs to none of them is
 * told with the first.
 */
export function judge(folder: string, printed: readonly string[], stderr: string): readonly MatrixOutcomes[] {
  const store = openTrackingStore(folder);
  const runs = store.searchRuns(["0"], {}).items.map(({ info }) => store.getRun(info.runId));
  const trained = printed.map((line) => JSON.parse(line) as Readonly<Record<string, string | null>>);
  const outcomes = trained.map((runIds) =>
    MATRIX_TRAININGS.map(({ name }, index) => {
      const run = runs.find(({ info }) => info.runId === runIds[name]);
      return [name, run ? outcomeOf(MATRIX_TRAININGS[index] as MatrixTraining, run) : "no run"] as const;
    }),
  );
  const known = new Set(trained.flatMap((runIds) => Object.values(runIds)));
  const surplus = runs.filter(({ info }) => !known.has(info.runId));
  const common = [
    ...surplus.map(({ data }) => [`a run of ${data.tags.estimator_class}`, "surplus"] as const),
    ...wrongWarning(outcomes.flat(), stderr),
  ];
  return outcomes.map((entries, index) => Object.fromEntries(index === 0 ? [...entries, ...common] : entries));
}

function outcomeOf(training: MatrixTraining, run: RunEntity): string {
  const lost = run.data.tags["trackbook.autolog.partial"];
  const wrong = [
    ...(run.info.status === "FINISHED" ? [] : [`status ${run.info.status}`]),
    ...wrongTags(training, run),
    ...wrongModel(run),
    ...(lost === undefined ? [...wrongParams(training, run), ...wrongData(training, run)] : []),
  ];
  if (wrong.length > 0) return wrong.join("; ");
  return lost === undefined ? "full" : `partial: ${lost}`;
}

function wrongTags({ estimatorClass }: MatrixTraining, { data: { tags } }: RunEntity): string[] {
  const faults = tags["trackbook.autolog.warning"] === undefined ? [] : [tags["trackbook.autolog.warning"]];
  return tags.estimator_class === estimatorClass ? faults : [...faults, `estimator_class ${tags.estimator_class}`];
}

function wrongModel({ info, outputs }: RunEntity): string[] {
  const file = join(fileURLToPath(info.artifactUri), "model/MLmodel");
  return existsSync(file) && outputs.modelOutputs.length === 1 ? [] : ["no model"];
}

function wrongParams({ params, metric }: MatrixTraining, { data }: RunEntity): string[] {
  const wrong = Object.entries(params).filter(([key, value]) => data.params[key] !== value);
  const measured = metric in data.metrics ? [] : [`no metric ${metric}`];
  return [...wrong.map(([key]) => `param ${key} is ${data.params[key]}`), ...measured];
}

function wrongData({ shapes }: MatrixTraining, { inputs }: RunEntity): string[] {
  const [input] = inputs.datasetInputs;
  if (!input) return ["no data set"];
  const { features_shape: features, targets_shape: targets } = JSON.parse(input.dataset.profile ?? "{}");
  const found = JSON.stringify({ features, targets });
  return found === JSON.stringify(shapes) ? [] : [`data set ${found}`];
}

/** One warning where something was lost, and none where nothing was. */
function wrongWarning(outcomes: readonly (readonly [string, string])[], stderr: string): [string, string][] {
  const isPartial = outcomes.some(([, outcome]) => outcome.startsWith("partial"));
  const warnings = stderr.match(WARNING)?.length ?? 0;
  return warnings === (isPartial ? 1 : 0) ? [] : [["the warning", `${warnings} times`]];
}
