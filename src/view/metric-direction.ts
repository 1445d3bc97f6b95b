/** Which way a metric is better. */
export type MetricDirection = "min" | "max";

const LESS_IS_BETTER = new Set(
  (
    "loss losses error errors err mse mae rmse rmsd rmsle msle mape smape medae rss sse deviance perplexity ppl logloss crossentropy entropy " +
    "hinge divergence kl kld residual residuals bic aic wer cer fid regret chi2 fpr fnr brier ece rse"
  ).split(" "),
);
const MORE_IS_BETTER = new Set(
  (
    "acc accuracy r2 r f1 f2 fscore fbeta auc roc auroc auprc prauc score scores precision recall sensitivity specificity map ndcg mrr iou dice " +
    "bleu rouge meteor reward likelihood loglikelihood mcc kappa tpr tnr psnr ssim correlation pearson spearman"
  ).split(" "),
);
const LESS_ENDING = /(?:loss|error|crossentropy)$/;
const MORE_ENDING = /(?:accuracy|score|precision|recall)$/;

/**
 * Which way a metric is better, told by the words of its name (`val_loss`, `meanSquaredError`, `training/r2`); undefined when they
 * do not tell. scikit-learn's `neg_` turns it around.
 */
export function directionOf(key: string): MetricDirection | undefined {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
  const isLess = words.some((word) => LESS_IS_BETTER.has(word) || LESS_ENDING.test(word));
  const isMore = words.some((word) => MORE_IS_BETTER.has(word) || MORE_ENDING.test(word));
  if (isLess) {
    return words.includes("neg") ? "max" : "min";
  }
  return isMore ? "max" : undefined;
}

/** Whether `candidate` is a better value than `best`. NaN and infinities never are. */
export function isBetter(candidate: number, best: number | undefined, direction: MetricDirection): boolean {
  if (!Number.isFinite(candidate)) {
    return false;
  }
  return best === undefined || (direction === "min" ? candidate < best : candidate > best);
}

/** The positions of the best value among several; none when the direction is unknown or fewer than two values differ. */
export function bestPositions(
  values: readonly (number | undefined)[],
  direction: MetricDirection | undefined,
): ReadonlySet<number> {
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  if (direction === undefined || new Set(finite).size < 2) {
    return new Set();
  }
  const best = finite.reduce((chosen, value) => (isBetter(value, chosen, direction) ? value : chosen));
  return new Set(values.flatMap((value, index) => (value === best ? [index] : [])));
}
