/** A data set in one line. */
export interface DatasetLine {
  readonly name: string;
  readonly digest?: string;
  readonly rowCount?: number;
  readonly columnCount?: number;
  /** What it was used for: `train`, `eval`. */
  readonly context?: string;
  /** Where it came from, in words. */
  readonly source?: string;
}
