import { messages } from "../../../core";
import type { ColumnSpec, PredictionInput, Schema, TensorSpec } from "../../../models";
import { type Cast, columnCast } from "../casts";
import { RefusedRequest, schemaRefusal } from "../../refused-request";
import { type Frame, type FrameColumn, frameOfRecords, isJsonObject } from "../request";
import { checkPresence, columnsOfFrame, isNamed, refusedCell } from "./columns";
import { MAX_DIMENSIONS, tensorOfLists, type Tensors } from "./tensors";

/** The two fields of TensorFlow Serving's protocol: rows, and columns. */
export type ArrayField = "instances" | "inputs";

type Columns = Extract<Schema, { kind: "columns" }>;
type Json = Readonly<Record<string, unknown>>;

/**
 * What `instances` or `inputs` hold, as the model takes it.
 *
 * @throws RefusedRequest
 */
export function inputOfArrays(schema: Schema, field: ArrayField, given: unknown): PredictionInput {
  if (schema.kind === "columns" && field === "instances" && isRecords(given) && schema.columns.some(isNestedType))
    return columnsOfFrame(schema, frameOfRecords(given, field), castInArray);
  const value = field === "instances" ? mergedRecords(given) : given;
  if (value !== given && !isNamed(schema)) return unnamedOfRecords(schema, given);
  if (schema.kind === "tensors") return tensorsOfArrays(schema, field, value);
  return columnsOfFrame(schema, frameOfArrays(schema, field, value), castInArray);
}

/**
 * Records as lists by name; anything else as it is.
 *
 * @throws RefusedRequest when some are no records, or lack a name that others have
 */
export function mergedRecords(instances: unknown): unknown {
  if (!isRecords(instances)) return instances;
  const lists = new Map<string, unknown[]>();
  for (const record of instances) {
    if (!isJsonObject(record)) throw new RefusedRequest(messages.badFrame("instances", "some rows are no records"));
    for (const [name, value] of Object.entries(record)) {
      const list = lists.get(name);
      if (list) list.push(value);
      else lists.set(name, [value]);
    }
  }
  const merged = Object.fromEntries(lists);
  checkLengths(merged);
  return merged;
}

/** NumPy's cast. */
const castInArray = (spec: ColumnSpec): Cast => columnCast(spec, "refused");

const isRecords = (value: unknown): value is readonly unknown[] => Array.isArray(value) && isJsonObject(value[0]);

const isNestedType = ({ type }: ColumnSpec): boolean => type.type === "array" || type.type === "object";

/** @throws RefusedRequest when the lists differ in length */
export function checkLengths(lists: Json): void {
  const lengths = Object.entries(lists).flatMap(([name, list]) =>
    Array.isArray(list) ? [[name, list.length] as const] : [],
  );
  if (new Set(lengths.map(([, length]) => length)).size > 1)
    throw new RefusedRequest(messages.unequalLengths(Object.fromEntries(lengths.slice(0, 20))));
}

/** Records for a model whose inputs have no names: its columns are those of the first record, in their order. */
function unnamedOfRecords(schema: Schema, records: unknown): PredictionInput {
  if (schema.kind === "tensors")
    throw schemaRefusal(messages.unfitInput("This model's input has no name.", "a list for each row"));
  return columnsOfFrame(schema, frameOfRecords(records, "instances"), castInArray);
}

function tensorsOfArrays(schema: Tensors, field: ArrayField, value: unknown): PredictionInput {
  const [first] = schema.tensors as readonly [TensorSpec];
  if (first.name === undefined) {
    const tensor = tensorOfLists(first, oneValue(value));
    return { kind: "tensors", rows: tensor.shape[0] ?? 1, tensors: [tensor] };
  }
  const byName = isSingleList(schema, value) ? { [first.name]: value } : value;
  if (!isJsonObject(byName)) throw missingAll(schema);
  checkPresence(schema.tensors, Object.keys(byName));
  if (field === "instances") checkLengths(byName);
  const tensors = schema.tensors.map((spec) => tensorOfLists(spec, byName[spec.name ?? ""]));
  return { kind: "tensors", rows: tensors[0]?.shape[0] ?? 1, tensors };
}

/** A list for a model with a single named input is that input. */
const isSingleList = (schema: Schema, value: unknown): value is unknown[] => {
  const count = schema.kind === "columns" ? schema.columns.length : schema.tensors.length;
  return count === 1 && Array.isArray(value) && !value.some(isJsonObject);
};

/** What stands for an input without a name. */
function oneValue(value: unknown): unknown {
  if (value === null || isJsonObject(value)) throw new RefusedRequest(messages.notOneValue(value));
  return value;
}

function missingAll(schema: Schema): RefusedRequest {
  const inputs: readonly { readonly name?: string }[] = schema.kind === "columns" ? schema.columns : schema.tensors;
  return schemaRefusal(
    messages.missingInputs(
      inputs.map(({ name }) => name ?? ""),
      [],
    ),
  );
}

function frameOfArrays(schema: Columns, field: ArrayField, value: unknown): Frame {
  const [first] = schema.columns as readonly [ColumnSpec];
  if (!isNamed(schema)) return frameOfPositions(oneValue(value), field);
  if (isSingleList(schema, value)) return frameOfLists(schema, { [first.name ?? ""]: value });
  if (Array.isArray(value) && value.length > 0 && value.every(isJsonObject)) return frameOfRecords(value, field);
  if (!isJsonObject(value)) {
    refuseUncastable(value, first);
    throw missingAll(schema);
  }
  if (field === "instances") checkLengths(value);
  return frameOfLists(schema, value);
}

/** Values in place of named inputs are taken for the first; so what is wrong with them is told first. */
function refuseUncastable(given: unknown, first: ColumnSpec): void {
  const cast = castInArray(first);
  for (const value of Array.isArray(given) ? given.flat(MAX_DIMENSIONS) : [given])
    try {
      cast(value);
    } catch (cause) {
      throw refusedCell(cause, value, "The input", first.type.type);
    }
}

/** A value is one cell, a list one column, a list of lists rows. */
function frameOfPositions(value: unknown, field: ArrayField): Frame {
  if (!Array.isArray(value)) return { rows: 1, columns: [{ label: 0, cells: () => [value] }] };
  return frameOfRecords(value, field);
}

/** Lists by name are columns; single values stand for every row, and where there are only such, for one row. */
function frameOfLists(schema: Columns, value: Json): Frame {
  const isRow = schema.columns.some(isNestedType);
  const lists = Object.values(value).filter(Array.isArray) as readonly unknown[][];
  const rows = isRow ? 1 : (lists[0]?.length ?? 1);
  if (!isRow && lists.some((list) => list.length !== rows))
    throw schemaRefusal(messages.unfitInput("The inputs differ in length.", "as many values for each input"));
  const nested = schema.columns.find(({ name, type }) => type.type !== "any" && !isRow && isNested(value[name ?? ""]));
  if (nested) throw schemaRefusal(messages.badShape(JSON.stringify(nested.name), [rows, 1], [-1]));
  const columns = Object.entries(value).map(([label, given]): FrameColumn => {
    const isList = !isRow && Array.isArray(given);
    return { label, cells: () => (isList ? given : Array.from({ length: rows }, () => given)) };
  });
  return { rows, columns };
}

const isNested = (value: unknown): boolean => Array.isArray(value) && Array.isArray(value[0]);
