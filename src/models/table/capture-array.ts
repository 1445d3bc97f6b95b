import { isMissing } from "./column-type";
import { copyCell, type CellBudget } from "./cell";
import { captureNumbers } from "./number-block";
import {
  maxColumns,
  sizeOfShape,
  spreadIndexes,
  type ColumnSample,
  type SampleLimits,
  type TableSample,
  type TensorSample,
} from "./table-sample";
import { isTypedArray, typedArrayType, type TensorType } from "./tensor-type";

/** Nesting up to which an array of arrays is looked at as one tensor. */
const MAX_RANK = 8;

type Numeric = number | bigint | boolean;

/**
 * An array as the table it stands for. Numbers, booleans or bigints that form a block: a tensor (a missing number is
 * NaN). Objects: named columns. Rows of equal length with other cells: unnamed columns. Anything else: one unnamed
 * column.
 */
export function captureArray(array: readonly unknown[], limits: SampleLimits): TableSample {
  const rows = array.length;
  if (rows === 0) return { kind: "opaque", rows, reason: "empty" };
  const numbers = captureNumbers(array, limits);
  if (numbers) return { kind: "tensors", rows, tensors: [numbers] };
  const indexes = spreadIndexes(rows, limits.maxRows);
  const first = indexes.map((index) => array[index]).find((row) => !isMissing(row));
  if (first === undefined) return { kind: "opaque", rows, reason: "no values" };
  const tensor = captureBlock(array, first, limits);
  if (tensor) return { kind: "tensors", rows, tensors: [tensor] };
  if (isRecord(first)) return captureRecords(array, limits);
  return captureUnnamed(array, indexes, limits);
}

/** True for an object whose own keys are columns or cells. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === "[object Object]";

function captureBlock(array: readonly unknown[], first: unknown, limits: SampleLimits): TensorSample | undefined {
  const inner = shapeOfRow(first);
  if (inner === undefined) return undefined;
  const rowSize = sizeOfShape(inner);
  const block = new Block(limits.maxValues);
  for (const index of spreadIndexes(array.length, Math.min(limits.maxRows, limits.maxValues / Math.max(1, rowSize)))) {
    if (!block.add(array[index], inner, 0)) return undefined;
  }
  return block.finish([array.length, ...inner]);
}

/** The shape by the first element of each level; `undefined` when it nests too deep (it may be cyclic). */
function shapeOfRow(row: unknown): number[] | undefined {
  const shape: number[] = [];
  for (let level = row; isList(level); level = level[0]) {
    if (shape.push(level.length) > MAX_RANK) return undefined;
  }
  return shape;
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || isTypedArray(value);

/** Gathers the values of a block of numbers, one kind of them only. */
class Block {
  readonly #values: Numeric[] = [];
  readonly #limit: number;
  #dtype: TensorType | undefined;
  #hasMissing = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when the value does not fit the shape or is no number like those before it. */
  add(value: unknown, shape: readonly number[], level: number): boolean {
    if (level === shape.length) return this.#addLeaf(value);
    if (!isList(value) || value.length !== shape[level]) return false;
    if (isTypedArray(value)) return level === shape.length - 1 && this.#addTyped(value);
    for (let index = 0; index < value.length && this.#values.length < this.#limit; index++) {
      if (!this.add(value[index], shape, level + 1)) return false;
    }
    return true;
  }

  finish(shape: readonly number[]): TensorSample | undefined {
    if (this.#dtype === undefined || (this.#hasMissing && this.#dtype !== "float64")) return undefined;
    return { dtype: this.#dtype, shape, values: this.#values };
  }

  #addLeaf(value: unknown): boolean {
    if (isMissing(value)) {
      this.#hasMissing = true;
      this.#values.push(Number.NaN);
      return true;
    }
    const dtype = LEAF_TYPES[typeof value];
    if (dtype === undefined || (this.#dtype !== undefined && this.#dtype !== dtype)) return false;
    this.#dtype = dtype;
    this.#values.push(value as Numeric);
    return true;
  }

  #addTyped(array: ArrayLike<number | bigint>): boolean {
    const dtype = typedArrayType(array as Float64Array);
    if (this.#dtype !== undefined && this.#dtype !== dtype) return false;
    this.#dtype = dtype;
    const length = Math.min(array.length, this.#limit - this.#values.length);
    for (let index = 0; index < length; index++) this.#values.push(array[index] as number | bigint);
    return true;
  }
}

const LEAF_TYPES: Readonly<Record<string, TensorType | undefined>> = {
  number: "float64",
  bigint: "int64",
  boolean: "bool",
};

function captureRecords(array: readonly unknown[], limits: SampleLimits): TableSample {
  const budget: CellBudget = { remaining: limits.maxValues };
  const columns = new Map<string, unknown[]>();
  let sampled = 0;
  for (const index of spreadIndexes(array.length, limits.maxRows)) {
    if (budget.remaining <= 0) break;
    const row = array[index];
    if (isRecord(row)) addRecord(columns, row, sampled, budget, maxColumns(limits));
    else if (!isMissing(row)) return captureUnnamed(array, spreadIndexes(array.length, limits.maxRows), limits);
    sampled++;
  }
  if (columns.size === 0) return { kind: "opaque", rows: array.length, reason: "no values" };
  return {
    kind: "columns",
    rows: array.length,
    columns: [...columns].map(([name, values]) => ({ name, values: padded(values, sampled) })),
  };
}

function addRecord(
  columns: Map<string, unknown[]>,
  row: Readonly<Record<string, unknown>>,
  position: number,
  budget: CellBudget,
  most: number,
): void {
  for (const name of Object.keys(row)) {
    const values = columns.get(name) ?? [];
    if (!columns.has(name)) {
      if (columns.size >= most) continue;
      columns.set(name, values);
    }
    // Assigning past the end leaves holes: the rows that lack this key.
    values[position] = copyCell(row[name], budget);
  }
}

const padded = (values: readonly unknown[], length: number): readonly unknown[] =>
  Array.from({ length }, (_, index) => values[index]);

function captureUnnamed(array: readonly unknown[], indexes: readonly number[], limits: SampleLimits): TableSample {
  const width = commonWidth(array, indexes);
  const budget: CellBudget = { remaining: limits.maxValues };
  const rows: unknown[] = [];
  for (const index of indexes) {
    if (budget.remaining <= 0) break;
    rows.push(copyCell(array[index], budget));
  }
  const columns: ColumnSample[] =
    width === undefined
      ? [{ values: rows }]
      : Array.from({ length: width }, (_, column) => ({
          values: rows.map((row) => (row as readonly unknown[])[column]),
        }));
  return { kind: "columns", rows: array.length, columns };
}

/** The length that all rows have in common, when they are arrays of single cells. */
function commonWidth(array: readonly unknown[], indexes: readonly number[]): number | undefined {
  const first = array[indexes[0] as number];
  if (!Array.isArray(first) || first.length === 0 || first.length > 1000) return undefined;
  const fits = indexes.every((index) => {
    const row = array[index];
    return Array.isArray(row) && row.length === first.length && !row.some(isList);
  });
  return fits ? first.length : undefined;
}
