import { types } from "node:util";
import { captureArray, isRecord } from "./capture-array";
import { captureColumns } from "./capture-columns";
import { captureMatrix, captureTensor, captureTypedArray, isMatrixLike, isTensorLike } from "./capture-tensor";
import { copyCell } from "./cell";
import { columnTypeOfTensor } from "./column-type";
import { SAMPLE_LIMITS, type SampleLimits, type TableSample, type TensorSample } from "./table-sample";
import { isTypedArray, typedArrayType } from "./tensor-type";

/** What knows the tables of other libraries, loaded when something is not data of the language itself. */
const requireFrames = () => require("./frames") as typeof import("./frames");

/**
 * Takes a bounded copy of whatever a program trains with. It never throws, whatever it is given, and never makes a
 * tensor; huge, ragged, cyclic and empty values cost no more than a sample of a well-formed table.
 *
 * | given | becomes |
 * |---|---|
 * | `number[]`, `number[][]` and deeper; booleans, bigints | one tensor, `float64` (`bool`, `int64`) |
 * | typed arrays, arrays of typed arrays | one tensor of that type |
 * | a `Matrix` of ml-matrix | one tensor, `float64` |
 * | a `tf.Tensor` | one tensor of its type; an array or object of tensors: several, named |
 * | rows `[{ a: 1 }]`, columns `{ a: [1] }`, one row `{ a: 1 }` | named columns |
 * | a table, record batch or vector of Apache Arrow | columns of the types that it declares |
 * | a DataFrame or Series of Danfo.js | named columns |
 * | rows of unlike cells `[["x", 1]]`, text, dates, ragged arrays, a single value | unnamed columns |
 * | a function, `null`, an instance of an unknown class, an empty array … | opaque, with the reason |
 */
export function captureTable(data: unknown, limits: Partial<SampleLimits> = {}): TableSample {
  try {
    return capture(data, { ...SAMPLE_LIMITS, ...limits });
  } catch {
    // Getters, proxies and foreign classes may throw whatever they like.
    return { kind: "opaque", reason: "unreadable" };
  }
}

function capture(data: unknown, limits: SampleLimits): TableSample {
  const tensor = captureSingleTensor(data, limits);
  if (tensor) return tensorTable([tensor]);
  if (Array.isArray(data)) return isListOfTensors(data) ? captureTensorList(data, limits) : captureArray(data, limits);
  if (isRecord(data) && isPlain(data)) return captureRecord(data, limits);
  const frame = requireFrames().captureFrame(data, limits);
  if (frame) return frame;
  if (isScalar(data)) return { kind: "columns", rows: 1, columns: [{ values: [copyCell(data, { remaining: 1 })] }] };
  return { kind: "opaque", reason: "not data" };
}

function captureSingleTensor(data: unknown, limits: SampleLimits): TensorSample | undefined {
  if (isTensorLike(data)) return captureTensor(data, limits);
  if (isTypedArray(data)) return captureTypedArray(data, limits);
  if (isMatrixLike(data)) return captureMatrix(data, limits);
  return undefined;
}

const tensorTable = (tensors: readonly TensorSample[]): TableSample => ({
  kind: "tensors",
  rows: tensors[0]?.shape[0] ?? 1,
  tensors,
});

const isBlock = (value: unknown): boolean => isTensorLike(value) || isMatrixLike(value);

/** Array.from, because `every` passes over holes. */
const isListOfTensors = (data: readonly unknown[]): boolean =>
  data.length > 0 && data.length <= 1000 && Array.from(data).every(isBlock);

/** The inputs of a model with several, by position. */
function captureTensorList(data: readonly unknown[], limits: SampleLimits): TableSample {
  const tensors = data.map((value) => captureSingleTensor(value, limits) as TensorSample);
  return tensorTable(
    tensors.length === 1 ? tensors : tensors.map((tensor, index) => ({ ...tensor, name: String(index) })),
  );
}

function captureRecord(data: Readonly<Record<string, unknown>>, limits: SampleLimits): TableSample {
  const entries = Object.keys(data).map((name) => [name, data[name]] as const);
  if (entries.length === 0) return { kind: "opaque", rows: 0, reason: "empty" };
  if (entries.length <= 1000 && entries.some(([, value]) => isBlock(value))) {
    const named = captureNamedTensors(entries, limits);
    if (named) return named;
  }
  if (entries.every(([, value]) => Array.isArray(value) || isTypedArray(value)))
    return captureArrays(entries as (readonly [string, ArrayLike<unknown>])[], limits);
  return captureArray([data], limits);
}

/** False for an instance of a class: its fields are that class's business, not columns. Of any realm. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

function captureNamedTensors(
  entries: readonly (readonly [string, unknown])[],
  limits: SampleLimits,
): TableSample | undefined {
  const tensors: TensorSample[] = [];
  for (const [name, value] of entries) {
    const table = capture(value, limits);
    if (table.kind !== "tensors" || table.tensors.length !== 1) return undefined;
    tensors.push({ ...(table.tensors[0] as TensorSample), name });
  }
  return tensorTable(tensors);
}

function captureArrays(entries: readonly (readonly [string, ArrayLike<unknown>])[], limits: SampleLimits): TableSample {
  const rows = entries.reduce((most, [, cells]) => Math.max(most, cells.length), 0);
  const sources = entries.map(([name, cells]) => ({
    name,
    type: isTypedArray(cells) ? columnTypeOfTensor(typedArrayType(cells)) : undefined,
    cell: (row: number) => cells[row],
  }));
  return captureColumns(sources, rows, limits);
}

function isScalar(data: unknown): boolean {
  return ["number", "string", "boolean", "bigint"].includes(typeof data) || types.isDate(data);
}
