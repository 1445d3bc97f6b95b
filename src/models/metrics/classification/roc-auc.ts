import type { ClassLabel } from "./class-label";
import type { ClassProbabilities } from "./classification-metrics";
import { exactSum } from "../exact-sum";

/**
 * The area under the ROC curve (sklearn.metrics.roc_auc_score as MLflow calls it): of two classes that of the greater
 * one's probability; of more the mean over all pairs of classes, weighted by the pair's frequency ("ovo", Hand & Till
 * 2001). `undefined` unless every class occurs.
 *
 * @param probabilities columns in the order of the sorted classes.
 */
export function rocAuc(actual: ArrayLike<ClassLabel>, { labels, values }: ClassProbabilities): number | undefined {
  const truth = Array.from(actual, (label) => labels.indexOf(label));
  if (labels.length < 2 || truth.includes(-1) || new Set(truth).size !== labels.length) return undefined;
  const rows = Array.from(values);
  if (rows.some((row) => Array.from(row).some(Number.isNaN))) return undefined;
  if (labels.length === 2)
    return areaOf(
      truth.map((label) => label === 1),
      rows.map((row) => row[1] as number),
    );
  return pairwiseArea(truth, rows, labels.length);
}

function pairwiseArea(truth: readonly number[], rows: readonly ArrayLike<number>[], classes: number): number {
  const areas: number[] = [];
  const weights: number[] = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const pair = truth.flatMap((label, row) => (label === a || label === b ? [row] : []));
      const area = (positive: number) =>
        areaOf(
          pair.map((row) => truth[row] === positive),
          pair.map((row) => (rows[row] as ArrayLike<number>)[positive] as number),
        );
      areas.push((area(a) + area(b)) / 2);
      weights.push(pair.length);
    }
  }
  return exactSum(areas.map((area, index) => area * (weights[index] as number))) / exactSum(weights);
}

/**
 * By ranks (Mann & Whitney): the share of pairs of a positive and a negative in the right order, ties counting half.
 */
function areaOf(positives: readonly boolean[], scores: readonly number[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let doubledRanks = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) end++;
    // Ranks start+1 … end share their mean; doubled, it is a whole number.
    for (let position = start; position < end; position++)
      if (positives[order[position] as number]) doubledRanks += start + 1 + end;
    start = end;
  }
  const positive = positives.filter(Boolean).length;
  const negative = positives.length - positive;
  return (doubledRanks - positive * (positive + 1)) / 2 / (positive * negative);
}
