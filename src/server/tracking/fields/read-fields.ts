import { InvalidInputError, messages } from "../../../core";
import type { Field, Fields, FieldType, Values } from "./field";

/** What a request says, before anything is known of its types. */
export type RawValues = Readonly<Record<string, unknown>>;

/**
 * What a request says, as its fields have it. As MLflow, it is lenient: numbers may be text, enums may be numbers, `null` is absent, fields that
 * nobody knows are passed over.
 *
 * @param path of the message within the request, with its point: `metrics[0].`
 * @throws InvalidInputError for a value of a wrong type, and for a field that must be there
 */
export function readFields<F extends Fields>(fields: F, raw: RawValues, path = ""): Values<F> {
  const values: Record<string, unknown> = {};
  for (const name in fields) {
    const field = fields[name] as Field;
    const given = ownOf(raw, name) ?? (field.alias === undefined ? undefined : ownOf(raw, field.alias));
    const value = given === undefined ? undefined : readValue(field.type, given, `${path}${name}`);
    if (field.isRequired && isMissing(value)) throw new InvalidInputError(messages.missingField(`${path}${name}`));
    if (typeof value === "number") requireWithin(field, value, `${path}${name}`);
    values[name] = value ?? field.preset;
  }
  return values as Values<F>;
}

const ownOf = (raw: RawValues, name: string): unknown =>
  Object.hasOwn(raw, name) ? (raw[name] ?? undefined) : undefined;

const isMissing = (value: unknown): boolean => value === undefined || value === "";

function requireWithin({ least, most }: Field, value: number, path: string): void {
  if ((least !== undefined && value < least) || (most !== undefined && value > most))
    throw new InvalidInputError(messages.fieldOutOfRange(path, value, least, most));
}

function readValue(type: FieldType, given: unknown, path: string): unknown {
  switch (type.kind) {
    case "text":
      return typeof given === "string" ? given : refuse(path, given, "text");
    case "integer":
      return readInteger(given, path);
    case "number":
      return readNumber(given, path);
    case "flag":
      return typeof given === "boolean" ? given : refuse(path, given, "true or false");
    case "choice":
      return readChoice(type.names, given, path);
    case "list":
      return readList(type, given, path);
    case "message":
      return readFields(type.fields, requireObject(given, path), `${path}.`);
  }
}

function readInteger(given: unknown, path: string): number {
  const value = typeof given === "string" && /^\s*[+-]?\d+\s*$/.test(given) ? Number(given) : given;
  if (typeof value !== "number" || !Number.isInteger(value)) refuse(path, given, "a whole number");
  if (!Number.isSafeInteger(value)) refuse(path, given, `a whole number between ±${Number.MAX_SAFE_INTEGER}`);
  return value as number;
}

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*$/i;
const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);

function readNumber(given: unknown, path: string): number {
  if (typeof given === "number") return given;
  if (typeof given !== "string") return refuse(path, given, "a number");
  if (NUMBER.test(given)) return Number(given);
  const [, sign, word = ""] = /^\s*([+-]?)([a-z]+)\s*$/i.exec(given) ?? [];
  const special = SPECIAL_NUMBERS.get(word.toLowerCase());
  if (special === undefined) return refuse(path, given, "a number, NaN or Infinity");
  return sign === "-" ? -special : special;
}

function readChoice(names: Readonly<Record<string, number>>, given: unknown, path: string): string | undefined {
  if (typeof given === "string" && Object.hasOwn(names, given)) return given;
  const number = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof number === "number") return Object.keys(names).find((name) => names[name] === number);
  return typeof given === "string" ? undefined : refuse(path, given, Object.keys(names).join(", "));
}

function readList({ item, most }: Extract<FieldType, { kind: "list" }>, given: unknown, path: string): unknown[] {
  if (!Array.isArray(given)) return refuse(path, given, "a list");
  if (most !== undefined && given.length > most)
    throw new InvalidInputError(messages.batchTooLarge(path, given.length, most));
  return given.map((element, index) => readValue(item, element, `${path}[${index}]`));
}

function requireObject(given: unknown, path: string): RawValues {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse(path, given, "an object");
  return given as RawValues;
}

function refuse(path: string, given: unknown, accepted: string): never {
  throw new InvalidInputError(messages.wrongField(path, given, accepted));
}
