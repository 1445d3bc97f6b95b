import { showValue } from "../../../core";
import type { ColumnType, PropertyType } from "../../../models";
import { CastFault, type Cast } from "./cast-fault";
import { toBytes } from "./texts";
import { toDatetime } from "./datetimes";

/**
 * Inside arrays and objects nothing is cast: values must be of the type that the signature says, and objects must have all
 * required properties and no other. (mlflow/models/utils.py, _enforce_type.)
 */
export function nestedCast(type: ColumnType, required: boolean): Cast {
  if (type.type === "array") return arrayCast(type.items, required);
  if (type.type === "object") return objectCast(type.properties, required);
  const check = CHECKS[type.type];
  if (!check) return (value) => value;
  return (value) => (value === null && !required ? null : check(value));
}

function arrayCast(items: ColumnType, required: boolean): Cast {
  const cast = nestedCast(items, items.type === "array" || items.type === "object" ? required : false);
  const mayMiss = !required || items.type === "any";
  return (value) => {
    if (value === null && mayMiss) return null;
    if (!Array.isArray(value)) throw new CastFault("it is no list");
    return value.map(cast);
  };
}

function objectCast(properties: Readonly<Record<string, PropertyType>>, required: boolean): Cast {
  const casts = new Map(
    Object.entries(properties).map(([name, type]) => [name, nestedCast(type, type.required)] as const),
  );
  const needed = Object.keys(properties).filter((name) => properties[name]?.required);
  return (value) => {
    if (value === null && !required) return null;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CastFault("it is no object");
    const missing = needed.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) throw new CastFault(`it has no ${JSON.stringify(missing)}`);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const cast = casts.get(name);
        if (!cast) throw new CastFault(`the signature knows no ${showValue(name)} in it`);
        return [name, cast(item)];
      }),
    );
  };
}

function only(test: (value: unknown) => boolean, what: string): Cast {
  return (value) => {
    if (!test(value)) throw new CastFault(`${what} was expected inside`);
    return value;
  };
}

const wholeNumber = only((value) => Number.isSafeInteger(value) || typeof value === "bigint", "a whole number");
const number: Cast = (value) => {
  if (value === null) return Number.NaN;
  if (typeof value !== "number" && typeof value !== "bigint") throw new CastFault("a number was expected inside");
  return Number(value);
};

const CHECKS: Readonly<Record<string, Cast>> = {
  boolean: only((value) => typeof value === "boolean", "true or false"),
  integer: wholeNumber,
  long: wholeNumber,
  float: (value) => Math.fround(number(value) as number),
  double: number,
  string: only((value) => typeof value === "string", "a text"),
  binary: toBytes,
  datetime: toDatetime,
};
