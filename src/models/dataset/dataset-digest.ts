import { createHash, type Hash } from "node:crypto";
import { types } from "node:util";
import {
  OPAQUE_CELL,
  type ColumnSample,
  type TableSample,
  type TensorSample,
  isTypedArray,
  typedArrayType,
} from "../table";
/** Characters of a text cell that are hashed; its length is hashed too. */
const MAX_TEXT = 10_000;

/**
 * The digest of a data set: the first 8 hexadecimal digits of an MD5, MLflow's form (mlflow/data/digest_utils.py).
 * Hashed are, for each table in turn, its kind, every tensor's or column's name, type and whole shape or row count, and
 * the sampled values: so the same data gives the same digest in every process, whichever container of its kind it came
 * in, and another number of rows another digest. Python's digest of the same numbers differs: it hashes pandas'
 * internal hashes.
 */
export function digestOf(tables: readonly TableSample[]): string {
  const hash = createHash("md5");
  for (const table of tables) {
    add(hash, "table", table.kind, table.rows ?? 0);
    if (table.kind === "tensors") for (const tensor of table.tensors) addTensor(hash, tensor);
    if (table.kind === "columns") for (const column of table.columns) addColumn(hash, column);
  }
  return hash.digest("hex").slice(0, 8);
}

/** Parts are written as JSON, one list a line: no two lists of parts give the same bytes. */
function add(hash: Hash, ...parts: unknown[]): void {
  hash.update(`${JSON.stringify(parts)}\n`);
}

function addTensor(hash: Hash, { name, dtype, shape, values }: TensorSample): void {
  add(hash, "tensor", name ?? null, dtype, shape);
  addValues(hash, values);
}

function addColumn(hash: Hash, { name, type, values }: ColumnSample): void {
  add(hash, "column", name ?? null, type?.type ?? null);
  addValues(hash, values);
}

/** The numbers that a list begins with by their bytes, which is fast, and what follows by its form. */
function addValues(hash: Hash, values: ArrayLike<unknown>): void {
  if (values instanceof Float64Array) {
    add(hash, "numbers", values.length);
    hash.update(littleEndian(values));
    return;
  }
  const list = Array.from(values);
  const other = list.findIndex((value) => typeof value !== "number");
  const numbers = (other === -1 ? list : list.slice(0, other)) as number[];
  add(hash, "numbers", numbers.length);
  hash.update(littleEndian(numbers));
  if (other !== -1) add(hash, "cells", list.slice(other).map(cellForm));
}

/** The numbers' bytes, the same on every machine; there is one NaN. */
function littleEndian(numbers: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index] as number;
    view.setFloat64(index * 8, Number.isNaN(value) ? Number.NaN : value, true);
  }
  return new Uint8Array(view.buffer);
}

/** A cell as JSON that differs for different cells. */
function cellForm(value: unknown): unknown {
  if (value === OPAQUE_CELL) return ["opaque"];
  if (typeof value === "string") return ["text", value.length, value.slice(0, MAX_TEXT)];
  // JSON itself would write null for the numbers that are none.
  if (typeof value === "number" || typeof value === "bigint") return [typeof value, String(value)];
  if (types.isDate(value)) return ["date", value.getTime()];
  if (isTypedArray(value)) return [typedArrayType(value), Array.from(value, String)];
  if (Array.isArray(value)) return ["array", value.map(cellForm)];
  if (value === null || typeof value !== "object") return value ?? null;
  return ["object", Object.entries(value).map(([key, item]) => [key, cellForm(item)])];
}
