import { InvalidInputError, messages } from "../../../core";
import { distinctLabels, type ClassLabel } from "./class-label";

/** How often each class was taken for which. */
export interface ConfusionMatrix {
  /** The classes in the order of rows and columns. */
  readonly labels: readonly ClassLabel[];
  /** `matrix[i][j]`: how many of class i were predicted as class j. */
  readonly matrix: readonly (readonly number[])[];
}

/**
 * The confusion matrix over every class that is true or predicted somewhere, rows the true ones
 * (sklearn.metrics.confusion_matrix).
 *
 * @throws InvalidInputError when the two differ in length.
 */
export function confusionMatrix(actual: ArrayLike<ClassLabel>, predicted: ArrayLike<ClassLabel>): ConfusionMatrix {
  if (actual.length !== predicted.length)
    throw new InvalidInputError(messages.lengthMismatch("True and predicted classes", actual.length, predicted.length));
  const labels = distinctLabels(actual, predicted);
  const positions = new Map(labels.map((label, index) => [label, index]));
  const matrix = labels.map(() => labels.map(() => 0));
  for (let row = 0; row < actual.length; row++) {
    const counts = matrix[positions.get(actual[row] as ClassLabel) as number] as number[];
    const column = positions.get(predicted[row] as ClassLabel) as number;
    counts[column] = (counts[column] as number) + 1;
  }
  return { labels, matrix };
}
