import type { PythonRun } from "./python-runs";
import { modelFiles } from "../../support/model-files";

/** Where a program runs. */
export type Place = "script.cjs" | "script.mjs" | "cells";

/** Steps of a metric; for what a program logs by hand the points, each step and value. */
export type Metrics = Readonly<Record<string, readonly number[] | readonly (readonly [number, number])[]>>;

/** What one training leaves, before the suffix of a run's second, third … */
export interface Training {
  readonly library: string;
  readonly estimator: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
  /** Of the model; none when the training failed. */
  readonly files: readonly string[];
  readonly hasFailed?: boolean;
}

/** One run that a program is to leave. */
export interface ExpectedRun {
  /** @default "FINISHED" */
  readonly status?: "FAILED";
  /** @default "Default" */
  readonly experiment?: string;
  /** As the program gave it. */
  readonly name?: string;
  /** Name of the run that it is a child of. */
  readonly parent?: string;
  /** Logged by hand. */
  readonly params?: Readonly<Record<string, string>>;
  /** Logged by hand, and by what is called after a training. */
  readonly metrics?: Metrics;
  /** In the order of their beginnings, continuations not counted. */
  readonly trainings?: readonly Training[];
}

const REGRESSION = {
  library: "ml-regression",
  metrics: Object.fromEntries(
    ["score", "r2_score", "mean_squared_error", "root_mean_squared_error", "mean_absolute_error"].map((name) => [
      `training_${name}`,
      [0],
    ]),
  ),
  files: [...modelFiles("model.json")],
};

/** The training of a straight line. */
export const LINE: Training = { ...REGRESSION, estimator: "SimpleLinearRegression", params: {} };

/** The training of a curve of the second degree. */
export const CURVE: Training = {
  ...REGRESSION,
  estimator: "PolynomialRegression",
  params: { degree: "2", interceptAtZero: "false" },
};

/** The training of the small network, which first was asked for `epochs` and altogether went through those of `steps`. */
export const fitOf = (epochs: number, steps: readonly number[], params: Training["params"] = {}): Training => ({
  library: "tfjs",
  estimator: "Sequential",
  params: {
    batch_size: "32",
    class_weight: "null",
    epochs: String(epochs),
    initial_epoch: "0",
    loss: "meanSquaredError",
    metrics: "null",
    opt_learning_rate: "0.01",
    opt_name: "SGD",
    sample_weight: "null",
    shuffle: "true",
    steps_per_epoch: "null",
    validation_split: "null",
    validation_steps: "null",
    ...params,
  },
  metrics: steps.length > 0 ? { loss: steps, learning_rate: steps } : {},
  files: [...modelFiles("data/model.json", "data/weights.bin"), "model_summary.txt"],
});

/** A training that failed, after it had logged the metrics that are given. */
export const failed = (training: Training, metrics: Metrics = {}): Training => ({
  ...training,
  metrics,
  files: [],
  hasFailed: true,
});

/** A run in the form in which what is expected and what Python read are compared. */
interface PlainRun {
  readonly experiment: string;
  readonly status: string;
  readonly ended: boolean;
  readonly name: string | undefined;
  readonly parent: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
  readonly tags: Readonly<Record<string, string>>;
  readonly models: number;
  readonly hasData: boolean;
  readonly files: readonly string[];
}

/** What the runs are to be at this place; `sourceName` is the script, or the notebook's folder. */
export const expectedOf = (runs: readonly ExpectedRun[], place: Place, sourceName: string): readonly PlainRun[] =>
  inOneOrder(
    runs.map(({ status = "FINISHED", experiment = "Default", name, parent, params, metrics, trainings = [] }) => {
      const suffixed = trainings.map((training, index) =>
        underSuffix(training, index === 0 ? "" : `-${index + 1}`, place),
      );
      return {
        experiment,
        status,
        ended: true,
        name,
        parent,
        params: Object.assign({}, params, ...suffixed.map((training) => training.params)),
        metrics: Object.assign({}, metrics, ...suffixed.map((training) => training.metrics)),
        tags: Object.assign(
          { "mlflow.source.type": place === "cells" ? "NOTEBOOK" : "LOCAL", "mlflow.source.name": sourceName },
          trainings[0] && { "mlflow.autologging": trainings[0].library },
          ...suffixed.map(({ tags }) => tags),
          trainings.some(({ hasFailed }) => hasFailed) && { [ERROR_TAG]: "said" },
        ),
        models: trainings.filter(({ files }) => files.length > 0).length,
        hasData: trainings.length > 0,
        files: suffixed.flatMap(({ files }) => files).sort(),
      };
    }),
  );

function underSuffix({ library, estimator, params, metrics, files }: Training, suffix: string, place: Place) {
  const sources = ["source/segment.ts", ...(place === "cells" ? ["source/cell.ts"] : [])];
  const keys = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [`${key}${suffix}`, value]));
  return {
    params: keys(params),
    metrics: keys<Metrics[string]>(metrics),
    tags: keys({
      estimator_name: estimator,
      estimator_class: `${library}.${estimator}`,
      "trackbook.source.segment": place === "cells" ? "cell" : place,
    }),
    files: [...files, ...sources].map((path) =>
      path.startsWith("model/") ? path.replace("model", `model${suffix}`) : path.replace(".", `${suffix}.`),
    ),
  };
}

/** Why the latest training that failed did so: that it is said counts here, not the library's words. */
const ERROR_TAG = "trackbook.error";

/** What differs from machine to machine. */
const IGNORED_TAGS = ["mlflow.user"];

/** Random names are two words and a number. */
const RANDOM_NAME = /^[a-z]+-[a-z]+-\d+$/;

/** What Python read. `byHand` are the metrics of which the values count as well as the steps. */
export const foundOf = (runs: readonly PythonRun[], byHand: readonly string[]): readonly PlainRun[] =>
  inOneOrder(
    runs.map(({ experiment, status, ended, params, tags, histories, models, datasets, files }) => {
      const { "mlflow.runName": name = "", "mlflow.parentRunId": parentId, ...others } = tags;
      return {
        experiment,
        status,
        ended,
        name: RANDOM_NAME.test(name) ? undefined : name,
        parent: runs.find(({ id }) => id === parentId)?.tags["mlflow.runName"] ?? parentId,
        params,
        metrics: Object.fromEntries(
          Object.entries(histories).map(([key, points]) => [
            key,
            byHand.includes(key) ? (points as readonly [number, number][]) : points.map(([step]) => step),
          ]),
        ),
        tags: Object.fromEntries(
          Object.entries(others)
            .filter(([key]) => !IGNORED_TAGS.includes(key))
            .map(([key, value]) => [
              key,
              key.startsWith("trackbook.source.segment")
                ? value.replace(/[ :].*/, "")
                : key === ERROR_TAG && value !== ""
                  ? "said"
                  : value,
            ]),
        ),
        models: models.length,
        hasData: datasets.length > 0,
        files,
      };
    }),
  );

/** Runs that began in the same millisecond have no order of their own. */
function inOneOrder(runs: readonly PlainRun[]): readonly PlainRun[] {
  const text = (run: PlainRun) => JSON.stringify(run, (_, value: unknown) => withSortedKeys(value));
  return [...runs].sort((one, other) => (text(one) < text(other) ? -1 : 1));
}

const withSortedKeys = (value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
