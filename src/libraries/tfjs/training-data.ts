import type { TrainingCall, TrainingData } from "../integration";
import { isDataset, watchDataset, type WatchedDataset } from "./first-batch";
import type { LayersModelLike } from "./layers-model";
import { fitOptions } from "./params";

/** The data that was given as tensors: known, and readable, at the call. */
export function givenData(call: TrainingCall, model: LayersModelLike): readonly TrainingData[] {
  const { validationData } = fitOptions(call);
  return [
    ...(call.method === "fit" ? [{ context: "train", ...named(call.args[0], call.args[1], model) } as const] : []),
    ...(isPair(validationData) ? [{ context: "eval", ...named(...pairOf(validationData), model) } as const] : []),
  ];
}

/** `[xs, ys]`, or `{ xs, ys }`. */
const isPair = (value: unknown): value is object => value !== null && typeof value === "object" && !isDataset(value);

function pairOf(pair: object): readonly [unknown, unknown] {
  if (Array.isArray(pair)) return [pair[0], pair[1]];
  const { xs, ys } = pair as { xs?: unknown; ys?: unknown };
  return [xs, ys];
}

const named = (
  xs: unknown,
  ys: unknown,
  { inputNames, outputNames }: LayersModelLike,
): Pick<TrainingData, "data" | "targets"> => ({
  data: byName(xs, inputNames),
  targets: byName(ys, outputNames),
});

/** A list of tensors, one for each input or output, under their names. */
function byName(tensors: unknown, names: readonly string[] | undefined): unknown {
  if (!Array.isArray(tensors) || tensors.length < 2 || tensors.length !== names?.length) return tensors;
  return Object.fromEntries(tensors.map((tensor, index) => [names[index], tensor]));
}

/** The data sets of one `fitDataset` that are looked at while they pass by. */
export interface WatchedDatasets {
  readonly train?: WatchedDataset;
  readonly validation?: WatchedDataset;
}

/** Watches what streams, if anything of it is to be recorded. */
export function watchDatasets(call: TrainingCall): WatchedDatasets {
  const { logDatasets, logInputExamples } = call.options;
  if (call.method !== "fitDataset" || !(logDatasets || logInputExamples)) return {};
  return {
    train: watchDataset(call.args[0], "train"),
    validation: watchDataset(fitOptions(call).validationData, "eval"),
  };
}

/** What has passed by. */
export const passedData = ({ train, validation }: WatchedDatasets): readonly TrainingData[] =>
  [train, validation].flatMap((dataset) => dataset?.firstBatch() ?? []);
