import type { TensorType } from "./tensor-type";
import type { ColumnType } from "./column-type";

/** How much of a table a sample may hold. */
export interface SampleLimits {
  /** Rows, spread evenly over the table. @default 10000 */
  readonly maxRows: number;
  /** Values over all rows: 8 MB of numbers. @default 1000000 */
  readonly maxValues: number;
}

/** What {@link captureTable} takes unless told otherwise. */
export const SAMPLE_LIMITS: SampleLimits = { maxRows: 10_000, maxValues: 1_000_000 };

/** Everything: what a model is asked is never a sample. */
export const WHOLE_TABLE: SampleLimits = { maxRows: Infinity, maxValues: Infinity };

/** Columns that a sample has; the rest is left out. */
export const maxColumns = ({ maxValues }: SampleLimits): number => (maxValues === Infinity ? Infinity : 10_000);

/** One array of numbers, booleans or strings with a shape. */
export interface TensorSample {
  readonly name?: string;
  readonly dtype: TensorType;
  /** The whole array's shape, not the sample's: the first dimension counts the rows. */
  readonly shape: readonly number[];
  /** The sampled rows, flattened; empty when the values could not be read (a disposed tensor). */
  readonly values: ArrayLike<number | bigint | boolean | string>;
}

/** One column of a table. */
export interface ColumnSample {
  /** Absent in a table of unnamed columns. */
  readonly name?: string;
  /** Known beforehand for a typed array and for Arrow's columns; otherwise the cells tell. */
  readonly type?: ColumnType;
  /** Known beforehand where the table counts them: true also when only cells outside the sample are missing. */
  readonly hasMissing?: boolean;
  /** The sampled cells: copies. */
  readonly values: ArrayLike<unknown>;
}

/**
 * What a program trains with, in one form whatever it came in: an immutable copy of at most {@link SampleLimits} of it,
 * on which types, digests and examples are worked out at leisure. `rows` counts the whole table.
 */
export type TableSample =
  | { readonly kind: "tensors"; readonly rows: number; readonly tensors: readonly TensorSample[] }
  | { readonly kind: "columns"; readonly rows: number; readonly columns: readonly ColumnSample[] }
  | { readonly kind: "opaque"; readonly rows?: number; readonly reason: OpaqueReason };

/**
 * Why nothing can be said of a value: it has no rows, rows without any value, is no data at all, or threw when read.
 */
export type OpaqueReason = "empty" | "no values" | "not data" | "unreadable";

/** The indexes of at most `count` of `total` rows, spread evenly, the first among them. */
export function spreadIndexes(total: number, count: number): number[] {
  const length = Math.min(total, Math.max(1, Math.floor(count)));
  return Array.from({ length }, (_, index) => Math.floor((index * total) / length));
}

/** The number of elements in an array of that shape. */
export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
