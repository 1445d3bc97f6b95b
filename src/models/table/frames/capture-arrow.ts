import { columnTypeOfArrow, plainArrowCell, type ArrowField, type ArrowVector } from "./arrow-type";
import { captureColumns, type ColumnSource } from "../capture-columns";
import type { SampleLimits, TableSample } from "../table-sample";

/** What is looked at of a table or record batch of Apache Arrow. */
interface ArrowTable {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly numRows: number;
  getChildAt(index: number): ArrowVector | null;
}

/**
 * A table, record batch or vector of Apache Arrow, whichever version made it, with the types that it declares; `undefined` for
 * anything else.
 */
export function captureArrow(data: unknown, limits: SampleLimits): TableSample | undefined {
  if (isArrowVector(data)) return captureColumns([sourceOf(data)], data.length, limits);
  if (!isArrowTable(data)) return undefined;
  if (data.schema.fields.length === 0) return { kind: "opaque", rows: data.numRows, reason: "empty" };
  const sources = data.schema.fields.map(({ name, type }, index): ColumnSource => {
    const vector = data.getChildAt(index);
    return vector ? sourceOf(vector, name) : { name, type: columnTypeOfArrow(type), cell: () => undefined };
  });
  return captureColumns(sources, data.numRows, limits);
}

function sourceOf(vector: ArrowVector, name?: string): ColumnSource {
  const { type } = vector;
  return {
    name,
    type: columnTypeOfArrow(type, vector),
    hasMissing: vector.nullCount > 0,
    cell: (row) => plainArrowCell(vector.get(row), type),
  };
}

function isArrowTable(value: unknown): value is ArrowTable {
  if (value === null || typeof value !== "object") return false;
  const { schema, numRows, getChildAt } = value as Partial<ArrowTable>;
  return Array.isArray(schema?.fields) && typeof numRows === "number" && typeof getChildAt === "function";
}

function isArrowVector(value: unknown): value is ArrowVector {
  if (value === null || typeof value !== "object") return false;
  const { type, length, nullCount, get } = value as Partial<ArrowVector>;
  return [type?.typeId, length, nullCount].every((one) => typeof one === "number") && typeof get === "function";
}
