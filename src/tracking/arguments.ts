import {
  InvalidInputError,
  LIMITS,
  messages,
  type Param,
  type Tag,
  toText,
  validateKey,
  validateRecord,
} from "../core";

/** Throws unless `value` is text with something in it. */
export function requireText(what: string, value: unknown): asserts value is string {
  if (typeof value !== "string" || value === "")
    throw new InvalidInputError(messages.badArgument(what, value, "a string that is not empty"));
}

/** Throws unless `value` is an array of text. */
export function requireTexts(what: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string"))
    throw new InvalidInputError(messages.badArgument(what, value, "an array of strings"));
}

/** Throws unless `value` is an array. */
export function requireArray(what: string, value: unknown): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidInputError(messages.badArgument(what, value, "an array"));
}

/** Throws unless `name` can name an experiment. */
export function requireExperimentName(name: unknown): asserts name is string {
  const limit = LIMITS.experimentNameLength;
  if (typeof name !== "string" || name.trim() === "" || name.length > limit)
    throw new InvalidInputError(messages.nameLength("experiment", name, limit));
}

/** A tag of a run or LoggedModel, its value as text; too long values are cut, as MLflow does. */
export function toTag(key: unknown, value: unknown): Tag {
  validateKey("tag", key);
  return { key, value: toText("tag", key, value, LIMITS.tagValueLength) };
}

/** A tag of an experiment; too long values are refused, as MLflow does. */
export function toExperimentTag(key: unknown, value: unknown): Tag {
  validateKey("tag", key);
  const limit = LIMITS.experimentTagValueLength;
  const text = toText("tag", key, value, Number.POSITIVE_INFINITY);
  if (text.length > limit) throw new InvalidInputError(messages.valueTooLong("tag", key, text.length, limit));
  return { key, value: text };
}

/** A param, its value as text; too long values are cut, as MLflow does. */
export function toParam(key: unknown, value: unknown): Param {
  validateKey("param", key);
  return { key, value: toText("param", key, value, LIMITS.paramValueLength) };
}

/** Each entry of `record`, made by `make`; none for `undefined`. @throws INVALID_PARAMETER_VALUE for what has no names and values */
export function entriesOf<T>(what: string, record: unknown, make: (key: string, value: unknown) => T): T[] {
  return record === undefined ? [] : requiredEntriesOf(what, record, make);
}

/** The same where there must be a record. */
export function requiredEntriesOf<T>(what: string, record: unknown, make: (key: string, value: unknown) => T): T[] {
  validateRecord(what, record);
  return Object.entries(record).map(([key, value]) => make(key, value));
}
