import type { TrainingCall } from "../integration";
import { isTensor, type LayersModelLike } from "./layers-model";

/** The arguments of `fit` with the defaults of tfjs-layers' training.ts, under the names that they have in Keras. */
const FIT_DEFAULTS: Readonly<Record<string, unknown>> = {
  epochs: 1,
  batchSize: 32,
  validationSplit: null,
  shuffle: true,
  classWeight: null,
  sampleWeight: null,
  initialEpoch: 0,
  stepsPerEpoch: null,
  validationSteps: null,
};

/** The arguments of `fitDataset` with the defaults of tfjs-layers' training_dataset.ts. */
const FIT_DATASET_DEFAULTS: Readonly<Record<string, unknown>> = {
  epochs: null,
  batchesPerEpoch: null,
  initialEpoch: 0,
  validationBatchSize: 32,
  validationBatches: null,
  classWeight: null,
};

/** Names of tfjs that Keras spells otherwise than in plain snake_case. */
const KERAS_NAMES: Readonly<Record<string, string>> = {
  beta1: "beta_1",
  beta2: "beta_2",
  useNesterov: "nesterov",
};

/** Where `fit` and `fitDataset` take their options. */
export const optionsIndex = (method: string): number => (method === "fitDataset" ? 1 : 2);

/** The user's options of `fit` or `fitDataset`; none when they are missing or no object. */
export function fitOptions({ method, args }: Pick<TrainingCall, "method" | "args">): Readonly<Record<string, unknown>> {
  const options = args[optionsIndex(method)];
  return options !== null && typeof options === "object" ? (options as Record<string, unknown>) : {};
}

/**
 * Every hyperparameter of one `fit` or `fitDataset`: its arguments, `opt_*` of the optimizer, loss, metrics, and those of an
 * early stopping. Names are those of MLflow's TensorFlow autologging (mlflow/tensorflow/autologging.py); `null`: not set.
 */
export function trainingParams(
  call: TrainingCall,
  model: LayersModelLike,
  stopping: EarlyStoppingLike | undefined,
): Record<string, unknown> {
  const options = fitOptions(call);
  const defaults = call.method === "fitDataset" ? FIT_DATASET_DEFAULTS : FIT_DEFAULTS;
  return {
    ...Object.fromEntries(
      Object.keys(defaults).map((name) => [kerasName(name), plain(options[name] ?? defaults[name])]),
    ),
    ...optimizerParams(model),
    loss: plain(model.loss ?? null),
    metrics: plain(model.metrics ?? null),
    ...(stopping && earlyStoppingParams(stopping)),
  };
}

function optimizerParams({ optimizer }: LayersModelLike): Record<string, unknown> {
  if (!optimizer) return {};
  const config = Object.entries(optimizer.getConfig()).map(([name, value]) => [`opt_${kerasName(name)}`, plain(value)]);
  return { opt_name: optimizer.getClassName(), ...Object.fromEntries(config) };
}

const kerasName = (name: string): string =>
  KERAS_NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Functions by their name, tensors by their shape, the rest as it is. */
function plain(value: unknown): unknown {
  // tf's own operations are functions named "huberLoss__op" (tfjs-core's operation.ts).
  if (typeof value === "function") return value.name.replace(/__op$/, "") || "function";
  if (isTensor(value)) return `Tensor[${value.shape.join(", ")}]`;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

/** What is looked at of a `tf.EarlyStopping`. */
export interface EarlyStoppingLike {
  readonly monitor: string;
  readonly minDelta: number;
  readonly patience: number;
  readonly mode: string;
  readonly baseline?: number;
  /** Epochs without improvement until now. */
  readonly wait?: number;
  readonly best?: number;
}

/** The first early stopping among the user's callbacks. */
export function findEarlyStopping(callbacks: unknown): EarlyStoppingLike | undefined {
  const list: readonly unknown[] = Array.isArray(callbacks) ? callbacks : [callbacks];
  return list.find(isEarlyStopping);
}

function isEarlyStopping(value: unknown): value is EarlyStoppingLike {
  if (value === null || typeof value !== "object") return false;
  const { monitor, patience, minDelta } = value as Partial<EarlyStoppingLike>;
  return typeof monitor === "string" && typeof patience === "number" && typeof minDelta === "number";
}

const earlyStoppingParams = ({
  monitor,
  minDelta,
  patience,
  mode,
  baseline,
}: EarlyStoppingLike): Record<string, unknown> => ({
  monitor,
  // tfjs keeps it negative where less is better.
  min_delta: Math.abs(minDelta),
  patience,
  mode,
  baseline: baseline ?? null,
  // Not implemented by tfjs: its constructor refuses anything else.
  restore_best_weights: false,
});
