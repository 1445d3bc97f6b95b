import type { ClassLabel } from "../../models/metrics/classification";

/** What is looked at of an ml-random-forest model, of any copy of the package. */
export interface ForestLike {
  readonly nEstimators: number;
  readonly maxFeatures?: number;
  readonly replacement: boolean;
  readonly seed?: number;
  readonly useSampleBagging: boolean;
  readonly noOOB?: boolean;
  readonly maxSamples?: number | null;
  readonly treeOptions?: Readonly<Record<string, unknown>>;
  readonly isClassifier: boolean;
  /** Of a regression. */
  readonly selectionMethod?: string;
  /** The trees, once trained. */
  readonly estimators?: readonly { readonly options: Readonly<Record<string, unknown>> }[];
  /** What the trees say of the samples that they were not trained on. */
  readonly oobResults?: readonly { readonly true: number; readonly predicted: number }[];
  /** What each tree predicts: a row for each sample, a column for each tree. */
  predictionValues(samples: unknown): { readonly rows: number; getRow(row: number): readonly number[] };
  /** The forest's prediction from those of its trees. */
  selection(predictions: readonly number[]): number;
  featureImportance(): readonly number[];
  toJSON(): object;
}

/** True for a trained forest. Never throws. */
export function isForest(value: unknown): value is ForestLike {
  if (value === null || typeof value !== "object") return false;
  try {
    const { estimators, predictionValues, selection, toJSON } = value as Partial<ForestLike>;
    return (
      Array.isArray(estimators) && [predictionValues, selection, toJSON].every((method) => typeof method === "function")
    );
  } catch {
    return false;
  }
}

/** What a forest says of some samples. */
export interface ForestAnswers {
  readonly predicted: readonly number[];
  /** For each sample the share of trees that vote for each of the labels. */
  readonly shares: readonly (readonly number[])[];
}

/**
 * Asks every tree about every sample once; the forest is not changed, and draws no random number. The shares are counted here, for
 * the forest's own `predictProbability` takes the first tree's class number in place of its vote (ml-random-forest 2.1,
 * RandomForestClassifier.js: `reduce` without an initial value).
 */
export function askForest(forest: ForestLike, samples: unknown, labels: readonly ClassLabel[]): ForestAnswers {
  const values = forest.predictionValues(samples);
  const predicted: number[] = [];
  const shares: number[][] = [];
  for (let row = 0; row < values.rows; row++) {
    const votes = values.getRow(row);
    predicted.push(forest.selection(votes));
    shares.push(labels.map((label) => votes.filter((vote) => vote === label).length / votes.length));
  }
  return { predicted, shares };
}
