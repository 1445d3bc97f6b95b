import { messages } from "../../../core";
import type { ColumnSample, ColumnSpec, Schema, PredictionInput } from "../../../models";
import { type Cast, CastFault } from "../casts";
import { RefusedRequest, schemaRefusal } from "../../refused-request";
import type { Frame, FrameColumn } from "../request";

type Columns = Extract<Schema, { kind: "columns" }>;

/**
 * A table as the model takes it: the signature's columns in its order, each cell cast; others are left out.
 *
 * @param castOf how cells become what a column holds
 * @throws RefusedRequest when one is missing, or a cell cannot be cast
 */
export function columnsOfFrame(schema: Columns, frame: Frame, castOf: (spec: ColumnSpec) => Cast): PredictionInput {
  const chosen = isNamed(schema) ? chooseByName(schema, frame) : chooseByPosition(schema, frame);
  const columns = chosen.map(({ spec, column }): ColumnSample => {
    return { name: spec.name, type: spec.type, values: castAll(column, castOf(spec), spec) };
  });
  // Of a table without columns nobody knows how many rows it has.
  return { kind: "columns", rows: columns.length > 0 ? frame.rows : 0, columns };
}

/** True where columns go by name, false where they go by position. */
export const isNamed = (schema: Schema): boolean => {
  const [first] = schema.kind === "columns" ? schema.columns : schema.tensors;
  return first?.name !== undefined;
};

interface Chosen {
  readonly spec: ColumnSpec;
  readonly column: FrameColumn;
}

function chooseByName({ columns }: Columns, frame: Frame): readonly Chosen[] {
  const byLabel = new Map(frame.columns.map((column) => [column.label, column] as const));
  checkPresence(columns, [...byLabel.keys()]);
  if (byLabel.size < frame.columns.length) refuseDoubled(columns, frame);
  return columns.flatMap((spec) => {
    const column = byLabel.get(spec.name);
    return column ? [{ spec, column }] : [];
  });
}

function refuseDoubled(columns: readonly ColumnSpec[], frame: Frame): void {
  const doubled = columns.find(({ name }) => frame.columns.filter(({ label }) => label === name).length > 1);
  if (doubled) throw schemaRefusal(messages.doubledInput(doubled.name ?? ""));
}

/** @throws RefusedRequest when a required input is not among the labels */
export function checkPresence(
  inputs: readonly { readonly name?: string; readonly required?: boolean }[],
  labels: readonly unknown[],
): void {
  const missing = inputs.filter(({ name, required }) => required !== false && !labels.includes(name));
  if (missing.length === 0) return;
  const extra = labels.slice(0, 100).filter((label) => !inputs.some(({ name }) => name === label));
  throw schemaRefusal(
    messages.missingInputs(
      missing.map(({ name }) => name ?? ""),
      extra.map(String),
    ),
  );
}

function chooseByPosition({ columns }: Columns, frame: Frame): readonly Chosen[] {
  if (frame.columns.length < columns.length)
    throw schemaRefusal(messages.fewColumns(frame.columns.length, columns.length));
  return columns.map((spec, index) => ({ spec, column: frame.columns[index] as FrameColumn }));
}

/** Where every cell is a number of one size. */
const ARRAYS: Readonly<Record<string, typeof Float64Array | typeof Float32Array | typeof Int32Array>> = {
  double: Float64Array,
  float: Float32Array,
  integer: Int32Array,
};

function castAll({ cells }: FrameColumn, cast: Cast, spec: ColumnSpec): ArrayLike<unknown> {
  const given = cells();
  const values = new (ARRAYS[spec.type.type] ?? Array)(given.length) as unknown[];
  let row = 0;
  try {
    for (; row < given.length; row++) values[row] = cast(given[row]);
  } catch (cause) {
    throw refusedCell(cause, given[row], whereIs(spec, row), spec.type.type);
  }
  return values;
}

const whereIs = ({ name }: ColumnSpec, row: number): string =>
  name === undefined ? `A cell of row ${row}` : `Column ${JSON.stringify(name)}, row ${row},`;

/** What is told of a {@link CastFault}; any other error is given back. */
export function refusedCell(cause: unknown, value: unknown, where: string, type: string): unknown {
  if (!(cause instanceof CastFault)) return cause;
  return new RefusedRequest(messages.badCell(where, type, value, cause.message), { cause });
}
