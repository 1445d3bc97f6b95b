import { spreadIndexes, type SampleLimits, type TensorSample, sizeOfShape } from "./table-sample";
import { isTypedArray, tensorflowType, typedArrayType, type TensorType, type TypedArray } from "./tensor-type";

/** The part of a TensorFlow.js tensor that is looked at. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed?: boolean;
  dataSync(): ArrayLike<number | boolean | string>;
}

/** The part of ml-matrix's Matrix that is looked at. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/** Elements of a tensor up to which its values are read: dataSync copies all of them, 400 MB at this size. */
const MAX_TENSOR_SIZE = 100_000_000;

/** True for a tensor of TensorFlow.js, whichever copy of the library made it. */
export function isTensorLike(value: unknown): value is TensorLike {
  if (value === null || typeof value !== "object") return false;
  const { shape, dtype, dataSync } = value as Partial<TensorLike>;
  return Array.isArray(shape) && shape.every(isLength) && typeof dtype === "string" && typeof dataSync === "function";
}

/** True for a Matrix of ml-matrix, whichever copy made it. */
export function isMatrixLike(value: unknown): value is MatrixLike {
  if (value === null || typeof value !== "object") return false;
  const { rows, columns, get } = value as Partial<MatrixLike>;
  return isLength(rows) && isLength(columns) && typeof get === "function";
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Reads a tensor without making one. Of a disposed tensor shape and type are still known. */
export function captureTensor(tensor: TensorLike, limits: SampleLimits): TensorSample {
  const shape = [...tensor.shape];
  const dtype = tensorflowType(tensor.dtype);
  return { dtype, shape, values: sampleFlat(readTensor(tensor, shape, limits), shape, limits, dtype) };
}

function readTensor(
  tensor: TensorLike,
  shape: readonly number[],
  { maxValues }: SampleLimits,
): ArrayLike<number | boolean | string> {
  if (tensor.isDisposed || (sizeOfShape(shape) > MAX_TENSOR_SIZE && maxValues < Infinity)) return [];
  try {
    return tensor.dataSync();
  } catch {
    // A backend without synchronous reads, or memory that is gone: shape and type still describe the data.
    return [];
  }
}

/** A typed array as a tensor of one dimension. */
export function captureTypedArray(array: TypedArray, limits: SampleLimits): TensorSample {
  const dtype = typedArrayType(array);
  return { dtype, shape: [array.length], values: sampleFlat(array, [array.length], limits, dtype) };
}

/** A matrix as a tensor of two dimensions. */
export function captureMatrix(matrix: MatrixLike, limits: SampleLimits): TensorSample {
  const { rows, columns } = matrix;
  const values: number[] = [];
  for (const row of spreadIndexes(rows, Math.min(limits.maxRows, limits.maxValues / Math.max(1, columns)))) {
    for (let column = 0; column < columns && values.length < limits.maxValues; column++)
      values.push(matrix.get(row, column));
  }
  return { dtype: "float64", shape: [rows, columns], values: Float64Array.from(values) };
}

/** The sampled rows of an array that lies flat in memory; of a row longer than the limit, its beginning. */
function sampleFlat(
  flat: ArrayLike<number | bigint | boolean | string>,
  shape: readonly number[],
  limits: SampleLimits,
  dtype: TensorType,
): ArrayLike<number | bigint | boolean | string> {
  const rowSize = sizeOfShape(shape.slice(1));
  const rows = rowSize === 0 ? 0 : Math.floor(flat.length / rowSize);
  const isWhole = rows <= limits.maxRows && flat.length <= limits.maxValues;
  if (limits.maxValues === Infinity || (isWhole && flat.length === rows * rowSize)) return copyFlat(flat, dtype);
  if (rows === 0) return [];
  const values: (number | bigint | boolean | string)[] = [];
  for (const row of spreadIndexes(rows, Math.min(limits.maxRows, limits.maxValues / rowSize))) {
    const end = Math.min(rowSize, limits.maxValues);
    for (let offset = 0; offset < end; offset++) {
      const value = flat[row * rowSize + offset] as number | bigint | boolean | string;
      values.push(dtype === "bool" ? Boolean(value) : value);
    }
  }
  return values;
}

function copyFlat(flat: ArrayLike<number | bigint | boolean | string>, dtype: TensorType): TensorSample["values"] {
  if (dtype === "bool") return Array.from<unknown, boolean>(flat, Boolean);
  // In one piece, which is much faster than value by value.
  return isTypedArray(flat) ? flat.slice() : Array.from(flat);
}
