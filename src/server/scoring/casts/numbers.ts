import { CastFault, type Cast } from "./cast-fault";

// What Python's float() and int() read. Its underscores are allowed between digits only.
const DIGITS = "\\d+(?:_\\d+)*";
const FLOAT = new RegExp(`^[+-]?(?:(?:${DIGITS})(?:\\.(?:${DIGITS})?)?|\\.(?:${DIGITS}))(?:[eE][+-]?${DIGITS})?$`);
const INTEGER = new RegExp(`^[+-]?${DIGITS}$`);
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const NOT_A_NUMBER = /^[+-]?nan$/i;

/** A number of double precision; nothing is NaN. */
export const toDouble: Cast = (value) => {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  if (typeof value === "string") return parseFloatText(value);
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  throw new CastFault("it is no number");
};

/** A number of single precision; nothing is NaN. */
export const toFloat: Cast = (value) => Math.fround(toDouble(value) as number);

function parseFloatText(text: string): number {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const infinite = INFINITE.exec(trimmed);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NOT_A_NUMBER.test(trimmed)) return Number.NaN;
  throw new CastFault("the text is no number");
}

/** How many bits an integer has, and whether it can be negative. */
export interface IntegerKind {
  readonly bits: number;
  readonly isSigned: boolean;
}

/** What becomes of a number beyond the range: pandas takes its lowest bits, NumPy refuses it. */
export type Overflow = "wraps" | "refused";

/**
 * A whole number: fractions are cut off, texts must be whole. Integers of 64 bits that a number cannot hold stay bigints, and are
 * never wrapped.
 */
export function integerCast({ bits, isSigned }: IntegerKind, overflow: Overflow): Cast {
  const limit = 2n ** BigInt(isSigned ? bits - 1 : bits);
  const [least, most] = [isSigned ? -limit : 0n, limit - 1n];
  const inRange = (value: bigint, mayWrap: boolean): number | bigint => {
    if (value >= least && value <= most) return plainInteger(value);
    if (!mayWrap) throw new CastFault(`it is beyond ${bits} bits`);
    return plainInteger(isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
  };
  const wraps = overflow === "wraps" && bits < 64;
  const [leastNumber, mostNumber] = [Number(least), Number(most)];
  return (value) => {
    if (typeof value === "number") {
      if (!Number.isFinite(value)) throw new CastFault("it is no finite number");
      // −0 is no integer.
      const whole = Math.trunc(value) + 0;
      const isSafe = Number.isSafeInteger(whole) && whole >= leastNumber && whole <= mostNumber;
      return isSafe ? whole : inRange(BigInt(whole), wraps);
    }
    if (typeof value === "boolean") return Number(value);
    if (typeof value === "bigint") return inRange(value, wraps);
    if (typeof value === "string") return inRange(parseInteger(value), false);
    throw new CastFault(value === null ? "a missing value has no whole number" : "it is no number");
  };
}

function parseInteger(text: string): bigint {
  const trimmed = text.trim();
  if (!INTEGER.test(trimmed) || trimmed.length > 400) throw new CastFault("the text is no whole number");
  return BigInt(trimmed.replaceAll("_", "").replace(/^\+/, ""));
}

const plainInteger = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};
