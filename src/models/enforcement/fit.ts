import { types } from "node:util";
import {
  isRecord,
  isMissing,
  showColumnType,
  type ColumnType,
  type DataType,
  type PropertyType,
  isTypedArray,
} from "../table";

/** Why a value is not of a type, and where in it: `[2].lat`, `""` for the value itself. */
export interface Misfit {
  readonly path: string;
  readonly value: unknown;
  readonly accepted: string;
  readonly hint?: string;
}

/** Tells whether a value that is not missing is of a type, without loss. */
export type Fits = (value: unknown) => boolean;

const INTEGER_LIMIT = 2 ** 31;

/**
 * What a cell may be. JavaScript has one type of number, so of those it is the value that counts: 3 is whole, 2.5 is not, and 0.1 is no
 * 32-bit float. A bigint is no number here either: `2n + 1` throws.
 */
export const FITS: Readonly<Record<DataType, Fits>> = {
  boolean: (value) => typeof value === "boolean",
  integer: (value) =>
    Number.isInteger(value) && (value as number) >= -INTEGER_LIMIT && (value as number) < INTEGER_LIMIT,
  long: (value) => Number.isSafeInteger(value) || (typeof value === "bigint" && BigInt.asIntN(64, value) === value),
  float: (value) => typeof value === "number" && (Math.fround(value) === value || Number.isNaN(value)),
  double: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  binary: (value) => value instanceof Uint8Array,
  datetime: (value) => types.isDate(value) && !Number.isNaN(value.getTime()),
};

const ACCEPTED: Readonly<Record<DataType, string>> = {
  boolean: "boolean: true or false",
  integer: "integer: a whole number of 32 bits",
  long: "long: a whole number up to 2^53 − 1, or a bigint of 64 bits",
  float: "float: a number that 32 bits hold exactly",
  double: "double: a number",
  string: "string: a text",
  binary: "binary: a Buffer or Uint8Array",
  datetime: "datetime: a valid Date",
};

/** What a type takes, in words: a noun phrase. */
export const acceptedBy = (type: ColumnType): string => ACCEPTED[type.type as DataType] ?? showColumnType(type);

const HINTS: Readonly<Partial<Record<DataType, (value: unknown) => string | undefined>>> = {
  float: (value) => (typeof value === "number" ? "Math.fround(value) is the nearest 32-bit number." : textHint(value)),
  double: (value) => (typeof value === "bigint" ? "Number(value) makes a number of a bigint." : textHint(value)),
  integer: (value) => (typeof value === "bigint" ? "Number(value) makes a number of a bigint." : textHint(value)),
  long: (value) => textHint(value),
  datetime: (value) => (typeof value === "string" ? "new Date(text) makes a date of a text." : undefined),
  string: (value) => (typeof value === "number" ? "String(value) makes a text of a number." : undefined),
};

const textHint = (value: unknown): string | undefined =>
  typeof value === "string" ? "Number(text) makes a number of a text." : undefined;

/** Looks whether a value is of a type, to the bottom of it; `undefined` when it is. */
export function misfitOf(value: unknown, type: ColumnType, path = ""): Misfit | undefined {
  if (type.type === "any")
    return typeof value === "symbol" ? { path, value: "a function", accepted: "data" } : undefined;
  if (type.type === "array") return misfitOfList(value, type.items, path);
  if (type.type === "object") return misfitOfObject(value, type.properties, path);
  if (type.type === "map") return misfitOfMap(value, type.values, path);
  if (FITS[type.type](value)) return undefined;
  return { path, value, accepted: acceptedBy(type), hint: HINTS[type.type]?.(value) };
}

/** MLflow has no word for whether items may be missing: they may. */
const misfitOfItem = (item: unknown, type: ColumnType, path: string): Misfit | undefined =>
  isMissing(item) ? undefined : misfitOf(item, type, path);

function misfitOfList(value: unknown, items: ColumnType, path: string): Misfit | undefined {
  if (!Array.isArray(value) && !isTypedArray(value))
    return { path, value, accepted: showColumnType({ type: "array", items }) };
  for (let index = 0; index < value.length; index++) {
    const misfit = misfitOfItem(value[index] as unknown, items, `${path}[${index}]`);
    if (misfit) return misfit;
  }
  return undefined;
}

type Properties = Readonly<Record<string, PropertyType>>;

function misfitOfObject(value: unknown, properties: Properties, path: string): Misfit | undefined {
  const accepted = showColumnType({ type: "object", properties });
  if (!isRecord(value)) return { path, value, accepted };
  const undeclared = Object.keys(value).find((name) => !Object.hasOwn(properties, name));
  if (undeclared !== undefined) return { path: `${path}.${undeclared}`, value: value[undeclared], accepted };
  for (const [name, property] of Object.entries(properties)) {
    const cell = Object.hasOwn(value, name) ? value[name] : undefined;
    const misfit = isMissing(cell)
      ? property.required && { path: `${path}.${name}`, value: cell, accepted: showColumnType(property) }
      : misfitOf(cell, property, `${path}.${name}`);
    if (misfit) return misfit;
  }
  return undefined;
}

function misfitOfMap(value: unknown, values: ColumnType, path: string): Misfit | undefined {
  if (!isRecord(value)) return { path, value, accepted: showColumnType({ type: "map", values }) };
  for (const [name, cell] of Object.entries(value)) {
    const misfit = misfitOfItem(cell, values, `${path}.${name}`);
    if (misfit) return misfit;
  }
  return undefined;
}
