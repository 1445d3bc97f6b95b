import { messages } from "../../../core";
import type { ModelSignature, Schema } from "../../../models";
import { columnCast, csvCast, inferCells } from "../casts";
import { RefusedRequest } from "../../refused-request";
import { type Frame, frameOfCsv, frameOfRecords, frameOfSplit, isJsonObject } from "../request";
import type { ServedInput } from "../served-model";
import { type ArrayField, checkLengths, inputOfArrays, mergedRecords } from "./arrays";
import { columnsOfFrame } from "./columns";
import { paramsOf } from "./params";
import { checkRectangular, tensorsOfFrame } from "./tensors";

/** What a request asks. */
export interface ServedRequest {
  readonly input: ServedInput;
  readonly params: Readonly<Record<string, unknown>>;
  /** The answer is what the model says, without `predictions` around it. */
  readonly isBare: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const FIELDS = ["dataframe_split", "dataframe_records", "instances", "inputs"] as const;

/** Requests of MLflow's language models, which are handed over as they come. */
const BARE_FIELDS = ["messages", "prompt", "input"];

/** Cells of a table without a signature that are made; sparse records may stand for more than memory holds. */
const MAX_FREE_CELLS = 20_000_000;

/**
 * What the JSON of a request asks a model.
 *
 * @throws RefusedRequest when it is none of MLflow's forms, or not what the signature says
 */
export function requestOfJson(signature: ModelSignature | undefined, body: unknown): ServedRequest {
  if (!isJsonObject(body)) throw new RefusedRequest(messages.notAnObject(body));
  if (BARE_FIELDS.some((field) => Object.hasOwn(body, field))) return bareRequest(signature, body);
  const given = FIELDS.filter((field) => Object.hasOwn(body, field));
  const [field] = given;
  if (!field || given.length > 1) throw new RefusedRequest(messages.notOneField(Object.keys(body)));
  const input = inputOf(signature?.inputs, field, body);
  return { input, params: paramsOf(signature, body.params), isBare: false };
}

/**
 * What a CSV asks a model; it has no params.
 *
 * @throws RefusedRequest when it is no table, or not what the signature says
 */
export function requestOfCsv(signature: ModelSignature | undefined, text: string): ServedRequest {
  try {
    return { input: inputOfCsv(signature?.inputs, text), params: paramsOf(signature, undefined), isBare: false };
  } catch (cause) {
    // MLflow tells its stack where it cannot read a CSV.
    throw cause instanceof RefusedRequest && cause.code === "BAD_REQUEST" ? cause.withStack() : cause;
  }
}

function inputOfCsv(schema: Schema | undefined, text: string): ServedInput {
  const frame = frameOfCsv(text);
  if (schema) return inputOfFrame(schema, frame, csvCast);
  const columns = frame.columns.map(({ label, cells }) => ({ label, cells: () => inferCells(cells()) }));
  return freeTable({ ...frame, columns });
}

function inputOf(schema: Schema | undefined, field: (typeof FIELDS)[number], body: Json): ServedInput {
  const value = body[field];
  if (field === "dataframe_records") return inputOfTable(schema, frameOfRecords(value));
  if (field === "dataframe_split") return inputOfTable(schema, frameOfSplit(value));
  // Ours: MLflow takes no notice of columns beside instances.
  if (field === "instances" && Array.isArray(body.columns))
    return inputOfTable(schema, frameOfSplit({ columns: body.columns, data: value }));
  return schema ? inputOfArrays(schema, field, value) : freeArrays(field, value);
}

const inputOfTable = (schema: Schema | undefined, frame: Frame): ServedInput =>
  schema ? inputOfFrame(schema, frame, (spec) => columnCast(spec, "wraps")) : freeTable(frame);

const inputOfFrame = (schema: Schema, frame: Frame, castOf: Parameters<typeof columnsOfFrame>[2]): ServedInput =>
  schema.kind === "tensors" ? tensorsOfFrame(schema, frame) : columnsOfFrame(schema, frame, castOf);

/** Columns by name; where they have no names, rows. */
function freeTable({ columns, rows }: Frame): ServedInput {
  if (columns.length * rows > MAX_FREE_CELLS)
    throw new RefusedRequest(messages.badFrame("dataframe_split", `it has ${columns.length} columns and ${rows} rows`));
  const cells = columns.map((column) => column.cells());
  const isNamed = columns.every(({ label }) => typeof label === "string");
  const value = isNamed
    ? Object.fromEntries(columns.map(({ label }, position) => [label, cells[position]]))
    : Array.from({ length: rows }, (_, row) => cells.map((column) => column[row]));
  return { kind: "free", value };
}

function freeArrays(field: ArrayField, given: unknown): ServedInput {
  const value = field === "instances" ? mergedRecords(given) : given;
  if (isJsonObject(value) && field === "instances") checkLengths(value);
  for (const array of isJsonObject(value) ? Object.values(value) : [value]) checkRectangular(array);
  return { kind: "free", value };
}

function bareRequest(signature: ModelSignature | undefined, body: Json): ServedRequest {
  const names = new Set(signature?.params?.map(({ name }) => name));
  const entries = Object.entries(body);
  const data = Object.fromEntries(entries.filter(([name]) => !names.has(name)));
  const params = Object.fromEntries(entries.filter(([name]) => names.has(name)));
  const schema = signature?.inputs;
  const input: ServedInput = schema ? inputOfArrays(schema, "inputs", data) : { kind: "free", value: data };
  return { input, params: paramsOf(signature, params), isBare: true };
}
