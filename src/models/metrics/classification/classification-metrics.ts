import { InvalidInputError, messages } from "../../../core";
import { distinctLabels, type ClassLabel } from "./class-label";
import { confusionMatrix, type ConfusionMatrix } from "./confusion-matrix";
import { exactMean, exactSum } from "../exact-sum";
import { rocAuc } from "./roc-auc";

/** What a classifier held probable. */
export interface ClassProbabilities {
  /** The class of each column. */
  readonly labels: readonly ClassLabel[];
  /** A row for each sample, a probability for each class. */
  readonly values: ArrayLike<ArrayLike<number>>;
}

/** Options of {@link classificationMetrics}. */
export interface ClassificationOptions {
  /** With them come `log_loss` and `roc_auc`. */
  readonly probabilities?: ClassProbabilities;
  /** @default "training_" */
  readonly prefix?: string;
}

/**
 * The metrics that MLflow's autologging gives a classifier, under its names (mlflow/sklearn/utils.py,
 * _get_classifier_metrics): `accuracy_score`, `precision_score`, `recall_score`, `f1_score` (of each class, weighted by
 * its frequency; a class never predicted counts 0), `score`, which is the accuracy again, and with probabilities
 * `log_loss` and `roc_auc`. Formulas are scikit-learn's (sklearn/metrics/_classification.py). Of nothing there are
 * none, and what is not defined (an area with one class only, a loss with a class that no column has) is left out.
 *
 * @throws InvalidInputError when the lengths differ.
 */
export function classificationMetrics(
  actual: ArrayLike<ClassLabel>,
  predicted: ArrayLike<ClassLabel>,
  { probabilities, prefix = "training_" }: ClassificationOptions = {},
): Record<string, number> {
  const confusion = confusionMatrix(actual, predicted);
  if (actual.length === 0) return {};
  const accuracy = diagonal(confusion) / actual.length;
  const metrics: Record<string, number> = {
    [`${prefix}accuracy_score`]: accuracy,
    ...weightedScores(confusion, actual.length, prefix),
    [`${prefix}score`]: accuracy,
  };
  if (!probabilities) return metrics;
  if (probabilities.values.length !== actual.length)
    throw new InvalidInputError(
      messages.lengthMismatch("True classes and rows of probabilities", actual.length, probabilities.values.length),
    );
  const ordered = orderProbabilities(probabilities);
  const loss = logLoss(actual, ordered);
  const area = rocAuc(actual, ordered);
  if (loss !== undefined) metrics[`${prefix}log_loss`] = loss;
  if (area !== undefined) metrics[`${prefix}roc_auc`] = area;
  return metrics;
}

const diagonal = ({ matrix }: ConfusionMatrix): number =>
  matrix.reduce((sum, row, index) => sum + (row[index] as number), 0);

function weightedScores({ matrix }: ConfusionMatrix, total: number, prefix: string): Record<string, number> {
  const classes = matrix.map((row, index) => {
    const right = row[index] as number;
    const actual = row.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, other) => sum + (other[index] as number), 0);
    return {
      actual,
      precision: ratio(right, predicted),
      recall: ratio(right, actual),
      f1: ratio(2 * right, actual + predicted),
    };
  });
  const weighted = (score: "precision" | "recall" | "f1") =>
    exactSum(classes.map((one) => one[score] * one.actual)) / total;
  return {
    [`${prefix}precision_score`]: weighted("precision"),
    [`${prefix}recall_score`]: weighted("recall"),
    [`${prefix}f1_score`]: weighted("f1"),
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The columns in the order of their sorted classes. */
function orderProbabilities({ labels, values }: ClassProbabilities): ClassProbabilities {
  const sorted = distinctLabels(labels);
  const positions = sorted.map((label) => labels.indexOf(label));
  const rows = Array.from(values, (row) => positions.map((position) => row[position] ?? Number.NaN));
  return { labels: sorted, values: rows };
}

/** The mean of −ln p of the true class, p kept off 0 and 1 by the machine epsilon. */
function logLoss(actual: ArrayLike<ClassLabel>, { labels, values }: ClassProbabilities): number | undefined {
  const columns = Array.from(actual, (label) => labels.indexOf(label));
  if (labels.length < 2 || columns.includes(-1)) return undefined;
  const losses = columns.map((column, row) => -Math.log(clip((values[row] as ArrayLike<number>)[column] as number)));
  return exactMean(losses);
}

const clip = (probability: number): number => Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
