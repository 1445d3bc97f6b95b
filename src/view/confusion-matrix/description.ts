/** How often each class was taken for which. */
export interface ConfusionMatrix {
  /** The classes, in the order of rows and columns. */
  readonly labels: readonly string[];
  /** `counts[i][j]`: how many of class i were predicted as class j. */
  readonly counts: readonly (readonly number[])[];
  /** @default "confusion matrix" */
  readonly title?: string;
}
