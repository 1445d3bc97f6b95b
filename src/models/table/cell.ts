import { types } from "node:util";
import { isTypedArray } from "./tensor-type";

/** Stands for a cell that no column type describes: a function, a symbol, what is nested too deep. */
export const OPAQUE_CELL: unique symbol = Symbol("opaque cell");

/** Nesting of a cell that is still looked at; of one that is taken whole, from where on it is looked whether it is cyclic. */
const MAX_DEPTH = 8;
/** Items of an array, or keys of an object, in a cell that are still looked at. */
const MAX_WIDTH = 1000;

/** Values in one cell, over all its levels, that are still looked at. */
const MAX_VALUES = 10_000;

/** How many more values a sample may hold; one is shared by all cells of a sample. Infinity: every cell is taken whole. */
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
  if (typeof value === "number" || typeof value === "string") {
    budget.remaining--;
    return value;
  }
  if (budget.remaining === Infinity) return copyValue(value, { ...WHOLE, path: [] }, 0);
  const allowed = Math.min(budget.remaining, MAX_VALUES);
  const own: CopyLimits = { remaining: allowed, width: MAX_WIDTH };
  const copy = copyValue(value, own, 0);
  budget.remaining -= allowed - own.remaining;
  return copy;
}

/** How one cell is copied. */
interface CopyLimits extends CellBudget {
  readonly width: number;
  /** Of a cell that is taken whole: the values that hold the one that is being copied. */
  readonly path?: object[];
}

const WHOLE = { remaining: Infinity, width: Infinity } as const;

function copyValue(value: unknown, limits: CopyLimits, depth: number): unknown {
  limits.remaining--;
  if (typeof value === "function" || typeof value === "symbol") return OPAQUE_CELL;
  if (value === null || typeof value !== "object") return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (isTypedArray(value)) return copyTypedArray(value, limits);
  if (depth >= MAX_DEPTH && (limits.path?.includes(value) ?? true)) return OPAQUE_CELL;
  limits.path?.push(value);
  const copy = Array.isArray(value)
    ? copyArray(value, limits, depth)
    : copyObject(value as Record<string, unknown>, limits, depth);
  limits.path?.pop();
  return copy;
}

function copyTypedArray(value: NodeJS.TypedArray, limits: CopyLimits): NodeJS.TypedArray {
  const length = Math.min(value.length, limits.width);
  limits.remaining -= length;
  // A Buffer's own slice would share its memory.
  return Buffer.isBuffer(value) ? Buffer.from(value.subarray(0, length)) : value.slice(0, length);
}

function copyArray(value: readonly unknown[], limits: CopyLimits, depth: number): readonly unknown[] {
  const copy: unknown[] = [];
  const length = Math.min(value.length, limits.width);
  for (let index = 0; index < length && limits.remaining > 0; index++)
    copy.push(copyValue(value[index], limits, depth + 1));
  return copy;
}

function copyObject(value: Readonly<Record<string, unknown>>, limits: CopyLimits, depth: number): object {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).slice(0, limits.width)) {
    if (limits.remaining <= 0) break;
    entries.push([key, copyValue(value[key], limits, depth + 1)]);
  }
  return Object.fromEntries(entries);
}
