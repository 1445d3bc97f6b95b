import { types } from "node:util";
import { InvalidInputError, messages, validateRecord } from "../../core";
import { commonType, showColumnType, typeOfCell, type ColumnType } from "../table";

/** A parameter of a prediction. */
export interface ParamSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly default: unknown;
  /** `[-1]` for a list, `null` for a single value. */
  readonly shape: readonly [-1] | null;
}

/** A parameter in MLflow's JSON form. */
export type ParamSpecJson = ColumnType & {
  readonly name: string;
  readonly default: unknown;
  readonly shape: readonly [-1] | null;
};

/**
 * The specification of each param, its value being the default. MLflow takes single values, lists of one type, and
 * plain objects.
 */
export function inferParams(params: unknown): readonly ParamSpec[] {
  validateRecord("The params of a signature", params);
  return Object.entries(params).map(([name, value]) => inferParam(name, value));
}

/** The specification of one param by its default. */
export function inferParam(name: string, value: unknown): ParamSpec {
  const list = Array.isArray(value);
  const type = list ? (value.length > 0 ? commonType(value).type : undefined) : typeOfCell(value);
  if (!type || !isParamType(type, list) || !isJsonValue(value))
    throw new InvalidInputError(messages.badSignatureParam(name, value));
  return { name, type, default: list ? [...(value as unknown[])] : value, shape: list ? [-1] : null };
}

/** The specification of one param whose type is declared: a list of it when that is an array. */
export function declareParam(name: string, declared: ColumnType, value: unknown): ParamSpec {
  const list = declared.type === "array";
  const type = list ? declared.items : declared;
  if (!isParamType(type, list)) throw new InvalidInputError(messages.badParamType(name, showColumnType(declared)));
  const fits = list ? Array.isArray(value) && value.every((item) => fitsType(item, type)) : fitsParam(value, type);
  if (!fits) throw new InvalidInputError(messages.badParamDefault(name, showColumnType(declared), value));
  return { name, type, default: list ? [...(value as unknown[])] : value, shape: list ? [-1] : null };
}

/** MLflow takes None for any single value. */
const fitsParam = (value: unknown, type: ColumnType): boolean => value === null || fitsType(value, type);

function fitsType(value: unknown, type: ColumnType): boolean {
  if (!isJsonValue(value)) return false;
  const whole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (type.type === "long") return whole;
  if (type.type === "integer") return whole && Math.abs(Number(value) + 0.5) < 2 ** 31;
  if (type.type === "float" || type.type === "double") return typeof value === "number";
  if (type.type !== "object") return typeOfCell(value)?.type === type.type;
  if (typeOfCell(value)?.type !== "object") return false;
  const given = value as Readonly<Record<string, unknown>>;
  const { properties } = type;
  return (
    Object.keys(given).every((key) => Object.hasOwn(properties, key)) &&
    Object.entries(properties).every(([key, { required, ...property }]) =>
      Object.hasOwn(given, key) ? fitsType(given[key], property as ColumnType) : !required,
    )
  );
}

const isParamType = ({ type }: ColumnType, list: boolean): boolean =>
  !["any", "binary", "array", "map"].includes(type) && !(list && type === "object");

/** True for what JSON holds without loss, dates and safe bigints included. */
function isJsonValue(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value));
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (types.isDate(value)) return !Number.isNaN(value.getTime());
  if (value === null || typeof value !== "object" || depth > 8) return false;
  return Object.values(value).every((item) => isJsonValue(item, depth + 1));
}

/** The params as MLflow writes them in JSON (mlflow/types/schema.py, ParamSpec.to_dict). */
export function paramsToJson(params: readonly ParamSpec[]): readonly ParamSpecJson[] {
  return params.map(({ name, type, default: value, shape }) => ({ name, default: jsonDefault(value), shape, ...type }));
}

function jsonDefault(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (types.isDate(value)) return pythonDate(value);
  if (Array.isArray(value)) return value.map(jsonDefault);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonDefault(item)]));
  return value;
}

/** Python's `datetime.isoformat()`: without a zone, the fraction in six digits or not at all. */
const pythonDate = (date: Date): string =>
  date
    .toISOString()
    .replace(/\.000Z$/, "")
    .replace(/Z$/, "000");

/** The params as a reader writes them: `temperature: double = 0.5, stop: string[] = ["."]`. */
export const showParams = (params: readonly ParamSpec[]): string =>
  params
    .map(
      ({ name, type, default: value, shape }) =>
        `${name}: ${showColumnType(type)}${shape ? "[]" : ""} = ${JSON.stringify(jsonDefault(value))}`,
    )
    .join(", ");
