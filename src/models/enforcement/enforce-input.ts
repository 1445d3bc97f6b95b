import { InvalidInputError, messages } from "../../core";
import { captureTable, type ColumnType, isRecord, WHOLE_TABLE, type TableSample, isTypedArray } from "../table";
import type { PredictionInput } from "../predictor";
import type { Schema } from "../signature";
import { enforceColumns, type KnownTable } from "./enforce-columns";
import { enforceTensors } from "./enforce-tensors";

/**
 * What a model is asked, in the order and the types of its signature, whatever form it came in; without a signature as it came. It is taken whole,
 * and copied.
 *
 * @throws InvalidInputError naming the input, what came and what is accepted.
 */
export function enforceInput(schema: Schema | undefined, data: unknown): PredictionInput {
  if (Array.isArray(data) && data.length === 0) return noRows(schema);
  const table = known(captureTable(schema ? wrapRow(schema, data) : data, WHOLE_TABLE), data);
  if (!schema) return table;
  const { rows } = table;
  return schema.kind === "columns"
    ? { kind: "columns", rows, columns: enforceColumns(schema.columns, table) }
    : { kind: "tensors", rows, tensors: enforceTensors(schema.tensors, table) };
}

const REASONS = {
  empty: "is empty",
  "no values": "holds no value",
  "not data": "is no data",
  unreadable: "cannot be read",
} as const;

function known(table: TableSample, data: unknown): KnownTable {
  if (table.kind !== "opaque") return table;
  throw new InvalidInputError(messages.noInput(data, REASONS[table.reason]));
}

/** No rows are asked, and none answered. */
function noRows(schema: Schema | undefined): PredictionInput {
  if (schema?.kind === "columns")
    return { kind: "columns", rows: 0, columns: schema.columns.map(({ name, type }) => ({ name, type, values: [] })) };
  const tensors = schema?.tensors ?? [{ dtype: "float64" as const, shape: [-1] }];
  return {
    kind: "tensors",
    rows: 0,
    tensors: tensors.map(({ name, dtype, shape }) => ({
      ...(name === undefined ? {} : { name }),
      dtype,
      shape: [0, ...shape.slice(1).map((length) => Math.max(0, length))],
      values: [],
    })),
  };
}

/** An object of lists is columns, save where the signature says that such a list is one cell: `{ tags: ["x", "y"] }` for `tags: string[]`. */
function wrapRow(schema: Schema, data: unknown): unknown {
  if (schema.kind !== "columns" || !isRecord(data)) return data;
  const isRow = schema.columns.some(
    ({ name, type }) =>
      name !== undefined &&
      type.type === "array" &&
      Object.hasOwn(data, name) &&
      depthOf(data[name]) === depthOfType(type),
  );
  return isRow ? [data] : data;
}

const depthOfType = (type: ColumnType): number => (type.type === "array" ? 1 + depthOfType(type.items) : 0);

function depthOf(value: unknown): number {
  let depth = 0;
  for (let level = value; Array.isArray(level) || isTypedArray(level); level = level[0]) depth++;
  return depth;
}
