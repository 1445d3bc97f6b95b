import { types } from "node:util";

const TENSOR_TYPES = [
  "bool",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float16",
  "float32",
  "float64",
  "complex64",
  "datetime64[ns]",
  "str",
  "object",
] as const;

/** An element type as MLflow's tensor specs name it: NumPy's name. */
export type TensorType = (typeof TENSOR_TYPES)[number];

/** True for the name of an element type. */
export const isTensorType = (name: string): name is TensorType => TENSOR_TYPES.includes(name as TensorType);

/** Every typed array of JavaScript, as a list of numbers or of bigints. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** The array in which JavaScript holds elements of a type, where numbers can be held in one. */
export const TYPED_ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Partial<Record<TensorType, unknown>>;

const BY_TYPED_ARRAY: Readonly<Record<string, TensorType>> = {
  Int8Array: "int8",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  BigInt64Array: "int64",
  BigUint64Array: "uint64",
  Float16Array: "float16",
  Float32Array: "float32",
  Float64Array: "float64",
};

const BY_TENSORFLOW: Readonly<Record<string, TensorType>> = {
  float32: "float32",
  int32: "int32",
  bool: "bool",
  string: "str",
  complex64: "complex64",
};

const BYTES: Readonly<Partial<Record<TensorType, number>>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
};

/** True for a typed array of any realm; false for a DataView. */
export const isTypedArray = (value: unknown): value is TypedArray => types.isTypedArray(value);

/** NumPy's name for the elements of a typed array. */
export const typedArrayType = (array: TypedArray): TensorType =>
  BY_TYPED_ARRAY[Object.prototype.toString.call(array).slice(8, -1)] ?? "float64";

/** NumPy's name for a TensorFlow.js dtype. */
export const tensorflowType = (dtype: string): TensorType => BY_TENSORFLOW[dtype] ?? "object";

/** Bytes that one element takes in NumPy; 8 where the size varies. */
export const tensorTypeBytes = (dtype: TensorType): number => BYTES[dtype] ?? 8;
