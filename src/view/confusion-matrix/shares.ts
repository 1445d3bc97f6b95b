import { formatNumber } from "../format";
import type { ConfusionMatrix } from "./description";

/** The strongest tint of a cell, in percent: the page's ink stays legible on it. */
const STRONGEST_TINT = 48;

/** The count at a row and column; 0 where the matrix has a hole. */
export function countAt({ counts }: ConfusionMatrix, row: number, column: number): number {
  return counts[row]?.[column] ?? 0;
}

/** The share of a row's total that a cell holds, 0 to 1. */
export function rowShare(matrix: ConfusionMatrix, row: number, column: number): number {
  const total = matrix.labels.reduce((sum, _label, index) => sum + countAt(matrix, row, index), 0);
  return total === 0 ? 0 : countAt(matrix, row, column) / total;
}

/** The tint of a cell, in percent of the accent. */
export function tint(matrix: ConfusionMatrix, row: number, column: number): number {
  return Math.round(rowShare(matrix, row, column) * STRONGEST_TINT);
}

/** `accuracy 0.973 · 324 of 333 right`. */
export function matrixSummary(matrix: ConfusionMatrix): string {
  const indexes = matrix.labels.map((_label, index) => index);
  const total = indexes.reduce(
    (sum, row) => sum + indexes.reduce((part, column) => part + countAt(matrix, row, column), 0),
    0,
  );
  const right = indexes.reduce((sum, index) => sum + countAt(matrix, index, index), 0);
  return total === 0 ? "no predictions" : `accuracy ${formatNumber(right / total)} · ${right} of ${total} right`;
}
