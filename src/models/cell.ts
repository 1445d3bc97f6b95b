import { types } from "node:util";
import { isTypedArray } from "./tensor-type";

/** Stands for a cell that no column type describes: a function, a symbol, what is nested too deep. */
export const OPAQUE_CELL: unique symbol = Symbol("opaque cell");

/** Nesting of a cell that is still looked at. */
const MAX_DEPTH = 8;
/** Items of an array, or keys of an object, in a cell that are still looked at. */
const MAX_WIDTH = 1000;

/** Values in one cell, over all its levels, that are still looked at. */
const MAX_VALUES = 10_000;

/** How many more values a sample may hold; one is shared by all cells of a sample. */
export interface CellBudget {
  remaining: number;
}

/**
 * A copy of one cell that the caller's later changes do not reach. Bounded in depth, width and number of values, so a
 * cyclic or huge value costs no more than a small one; what is cut off is left out or becomes {@link OPAQUE_CELL}.
 *
 * @param budget is charged for every value copied.
 */
export function copyCell(value: unknown, budget: CellBudget): unknown {
  const allowed = Math.min(budget.remaining, MAX_VALUES);
  const own: CellBudget = { remaining: allowed };
  const copy = copyValue(value, own, 0);
  budget.remaining -= allowed - own.remaining;
  return copy;
}

function copyValue(value: unknown, budget: CellBudget, depth: number): unknown {
  budget.remaining--;
  if (typeof value === "function" || typeof value === "symbol") return OPAQUE_CELL;
  if (value === null || typeof value !== "object") return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (isTypedArray(value)) return copyTypedArray(value, budget);
  if (depth >= MAX_DEPTH) return OPAQUE_CELL;
  if (Array.isArray(value)) return copyArray(value, budget, depth);
  return copyObject(value as Record<string, unknown>, budget, depth);
}

function copyTypedArray(value: NodeJS.TypedArray, budget: CellBudget): NodeJS.TypedArray {
  const length = Math.min(value.length, MAX_WIDTH);
  budget.remaining -= length;
  // A Buffer's own slice would share its memory.
  return Buffer.isBuffer(value) ? Buffer.from(value.subarray(0, length)) : value.slice(0, length);
}

function copyArray(value: readonly unknown[], budget: CellBudget, depth: number): readonly unknown[] {
  const copy: unknown[] = [];
  const length = Math.min(value.length, MAX_WIDTH);
  for (let index = 0; index < length && budget.remaining > 0; index++)
    copy.push(copyValue(value[index], budget, depth + 1));
  return copy;
}

function copyObject(value: Readonly<Record<string, unknown>>, budget: CellBudget, depth: number): object {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).slice(0, MAX_WIDTH)) {
    if (budget.remaining <= 0) break;
    entries.push([key, copyValue(value[key], budget, depth + 1)]);
  }
  return Object.fromEntries(entries);
}
