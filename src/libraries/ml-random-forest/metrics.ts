import { type ClassLabel, classificationMetrics } from "../../models/metrics/classification";
import { regressionMetrics } from "../../models/metrics/regression";
import type { ForestAnswers, ForestLike } from "./forest";

/** Quality on the data that it was trained with, under MLflow's names, and `oob_score` on what each tree had not seen. */
export function forestMetrics(
  forest: ForestLike,
  actual: ArrayLike<number>,
  { predicted, shares }: ForestAnswers,
  labels: readonly ClassLabel[],
): Record<string, number> {
  return {
    ...(forest.isClassifier
      ? classificationMetrics(actual, predicted, { probabilities: { labels, values: shares } })
      : regressionMetrics(actual, predicted)),
    ...outOfBagScore(forest),
  };
}

/** The accuracy, or r², of the out-of-bag predictions (scikit-learn's `oob_score_`). */
function outOfBagScore({ oobResults, isClassifier }: ForestLike): Record<string, number> {
  if (!oobResults || oobResults.length === 0) return {};
  const actual = oobResults.map((result) => result.true);
  const predicted = oobResults.map((result) => result.predicted);
  const { oob_score: score } = isClassifier
    ? classificationMetrics(actual, predicted, { prefix: "oob_" })
    : regressionMetrics(actual, predicted, "oob_");
  return score === undefined ? {} : { oob_score: score };
}
