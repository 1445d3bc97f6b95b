import { InvalidInputError, messages } from "../../core";
import {
  columnTypeOfTensor,
  isMissing,
  type DataType,
  type TensorSample,
  isTypedArray,
  TYPED_ARRAYS,
  typedArrayType,
  type TensorType,
} from "../table";
import type { TensorSpec } from "../signature";
import { FITS, acceptedBy, type Fits } from "./fit";

const isNumber: Fits = (value) => typeof value === "number";

/** Whole numbers that the type holds: by making one and looking whether it is the same. */
const holds =
  (dtype: "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32"): Fits =>
  (value) => {
    const one = new TYPED_ARRAYS[dtype](1);
    one[0] = value as number;
    return typeof value === "number" && one[0] === value;
  };

/** A number into 32 bits is rounded, as `tf.tensor` does: JavaScript has no other way to write it. */
const ELEMENTS: Readonly<Partial<Record<TensorType, Fits>>> = {
  int8: holds("int8"),
  uint8: holds("uint8"),
  int16: holds("int16"),
  uint16: holds("uint16"),
  int32: FITS.integer,
  uint32: holds("uint32"),
  uint64: (value) =>
    (Number.isSafeInteger(value) && (value as number) >= 0) ||
    (typeof value === "bigint" && BigInt.asUintN(64, value) === value),
  float16: isNumber,
  float32: isNumber,
  float64: isNumber,
};

const FLOATS: readonly TensorType[] = ["float16", "float32", "float64"];

/** What needs no look at all, for every value of the one is a value of the other. */
const WIDER: Readonly<Partial<Record<TensorType, readonly TensorType[]>>> = {
  int8: ["int16", "int32", "float32", "float64"],
  uint8: ["int16", "uint16", "int32", "uint32", "float32", "float64"],
  int16: ["int32", "float32", "float64"],
  uint16: ["int32", "uint32", "float32", "float64"],
  int32: ["float64"],
  uint32: ["float64"],
  float32: ["float64"],
  float64: ["float32"],
};

/**
 * The elements of a tensor as the signature's type holds them, a missing number being NaN.
 *
 * @throws InvalidInputError naming the element that the type does not hold.
 */
export function packElements({ name, dtype }: TensorSpec, tensor: TensorSample): TensorSample["values"] {
  const { values } = tensor;
  const Packed = TYPED_ARRAYS[dtype as keyof typeof TYPED_ARRAYS] as Float64ArrayConstructor | undefined;
  const known = isTypedArray(values) ? typedArrayType(values) : tensor.dtype;
  if (isTypedArray(values) && known === dtype) return values;
  if (isTypedArray(values) && WIDER[known]?.includes(dtype)) return packed(values, Packed);
  const fits = ELEMENTS[dtype] ?? FITS[columnTypeOfTensor(dtype).type as DataType];
  const isFloat = FLOATS.includes(dtype);
  // What is known to be no plain number must not be rounded.
  const isExact = dtype === "float32" && known !== "object" && known !== "float64" ? FITS.float : isNumber;
  let hasMissing = false;
  for (let index = 0; index < values.length; index++) {
    const value: unknown = values[index];
    if (isFloat && isMissing(value)) hasMissing = true;
    else if (fits?.(value) === false || (isFloat && !isExact(value)))
      throw new InvalidInputError(messages.unfitElement(name, index, value, acceptedElement(dtype)));
  }
  const whole = hasMissing ? Array.from<unknown>(values).map((value) => value ?? Number.NaN) : values;
  return packed(whole as TensorSample["values"], Packed);
}

const packed = (values: TensorSample["values"], Packed: Float64ArrayConstructor | undefined): TensorSample["values"] =>
  Packed ? Packed.from(values as ArrayLike<number>) : values;

function acceptedElement(dtype: TensorType): string {
  if (FLOATS.includes(dtype)) return `${dtype}: a number`;
  return dtype in TYPED_ARRAYS ? `${dtype}: a whole number that it holds` : acceptedBy(columnTypeOfTensor(dtype));
}
