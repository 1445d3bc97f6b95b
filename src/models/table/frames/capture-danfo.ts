import { captureArray } from "../capture-array";
import { captureColumns } from "../capture-columns";
import type { SampleLimits, TableSample } from "../table-sample";

/** What is looked at of a DataFrame or Series of Danfo.js. */
interface DanfoFrame {
  readonly $isSeries: boolean;
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  /** Rows of a DataFrame, cells of a Series. */
  readonly values: readonly unknown[];
}

/** The name of a Series that was given none. */
const UNNAMED = "0";

/**
 * A DataFrame or Series of Danfo.js, whichever build of it; `undefined` for anything else. Its index is left out, and so are its
 * types: it guesses `int32` and `float32` from numbers that are doubles.
 */
export function captureDanfo(data: unknown, limits: SampleLimits): TableSample | undefined {
  if (!isDanfoFrame(data)) return undefined;
  const { columns, values, $isSeries } = data;
  if (columns.length === 0) return { kind: "opaque", rows: values.length, reason: "empty" };
  if (!$isSeries) {
    const cell = (column: number) => (row: number) => (values[row] as readonly unknown[])[column];
    const sources = columns.map((name, index) => ({ name: String(name), cell: cell(index) }));
    return captureColumns(sources, values.length, limits);
  }
  const name = String(columns[0]);
  if (name === UNNAMED) return captureArray(values, limits);
  return captureColumns([{ name, cell: (row) => values[row] }], values.length, limits);
}

function isDanfoFrame(value: unknown): value is DanfoFrame {
  if (value === null || typeof value !== "object") return false;
  const { $isSeries, columns, values, shape } = value as Partial<DanfoFrame>;
  return typeof $isSeries === "boolean" && [columns, values, shape].every(Array.isArray);
}
