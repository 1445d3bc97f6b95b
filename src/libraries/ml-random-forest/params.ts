import type { ForestLike } from "./forest";

/** The options of the constructor, in its own words, with the defaults that it set; `null`: not set. Read before `train` fills some in. */
export function forestParams(forest: ForestLike): Record<string, unknown> {
  const { nEstimators, maxFeatures, maxSamples, replacement, seed, useSampleBagging, noOOB, selectionMethod } = forest;
  return {
    nEstimators,
    maxFeatures: maxFeatures ?? null,
    maxSamples: maxSamples ?? null,
    replacement,
    seed: seed ?? null,
    useSampleBagging,
    noOOB: noOOB ?? false,
    ...(selectionMethod !== undefined && { selectionMethod }),
    ...treeParams(forest.treeOptions),
  };
}

/** The options of the trees, as a trained one has them: the defaults of ml-cart included. */
export const trainedTreeParams = ({ estimators }: ForestLike): Record<string, unknown> =>
  treeParams(estimators?.[0]?.options);

function treeParams(options: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  // `kind` is the tree's own note of classification or regression.
  const given = Object.entries(options).filter(([name]) => name !== "kind");
  return Object.fromEntries(given.map(([name, value]) => [`treeOptions.${name}`, value]));
}
