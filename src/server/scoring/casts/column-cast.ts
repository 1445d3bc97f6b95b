import type { ColumnSpec, TensorType } from "../../../models";
import type { Cast } from "./cast-fault";
import { toDatetime } from "./datetimes";
import { nestedCast } from "./nested";
import { integerCast, toDouble, toFloat, type IntegerKind, type Overflow } from "./numbers";
import { toBoolean, toBytes, toText } from "./texts";

const COLUMN_CASTS: Readonly<Record<string, Cast>> = {
  boolean: toBoolean,
  float: toFloat,
  double: toDouble,
  string: toText,
  binary: toBytes,
  datetime: toDatetime,
};

const COLUMN_INTEGERS: Readonly<Record<string, IntegerKind>> = {
  integer: { bits: 32, isSigned: true },
  long: { bits: 64, isSigned: true },
};

/** How MLflow's server makes the cells of a column what the signature says: leniently, before the model sees them. */
export function columnCast({ type, required }: ColumnSpec, overflow: Overflow): Cast {
  // pandas keeps any object in a column of texts; NumPy makes texts of them.
  if (type.type === "string" && overflow === "wraps") return (value) => value;
  const integer = COLUMN_INTEGERS[type.type];
  return integer ? integerCast(integer, overflow) : (COLUMN_CASTS[type.type] ?? nestedCast(type, required));
}

const TENSOR_INTEGERS: Readonly<Partial<Record<TensorType, IntegerKind>>> = {
  int8: { bits: 8, isSigned: true },
  int16: { bits: 16, isSigned: true },
  int32: { bits: 32, isSigned: true },
  int64: { bits: 64, isSigned: true },
  uint8: { bits: 8, isSigned: false },
  uint16: { bits: 16, isSigned: false },
  uint32: { bits: 32, isSigned: false },
  uint64: { bits: 64, isSigned: false },
};

const TENSOR_CASTS: Readonly<Partial<Record<TensorType, Cast>>> = {
  bool: toBoolean,
  float16: toFloat,
  float32: toFloat,
  float64: toDouble,
  str: toText,
  "datetime64[ns]": toDatetime,
};

/** The same for the elements of a tensor. */
export function tensorCast(dtype: TensorType, overflow: Overflow): Cast {
  const integer = TENSOR_INTEGERS[dtype];
  return integer ? integerCast(integer, overflow) : (TENSOR_CASTS[dtype] ?? ((value) => value));
}
