import { copyCell, type CellBudget } from "./cell";
import type { ColumnType } from "./column-type";
import { maxColumns, spreadIndexes, type ColumnSample, type SampleLimits, type TableSample } from "./table-sample";

/** One column of a table, wherever its cells are kept. */
export interface ColumnSource {
  /** Absent in a table of unnamed columns. */
  readonly name?: string;
  /** Known beforehand where the table keeps types; otherwise the cells tell. */
  readonly type?: ColumnType;
  /** Known beforehand where the table counts them. */
  readonly hasMissing?: boolean;
  /** The cell of that row; `undefined` past the column's end. */
  cell(row: number): unknown;
}

/** Takes rows spread evenly over a table that is kept by columns. */
export function captureColumns(sources: readonly ColumnSource[], rows: number, limits: SampleLimits): TableSample {
  const kept = sources.slice(0, maxColumns(limits));
  const perColumn = limits.maxValues / kept.length;
  const indexes = spreadIndexes(rows, Math.min(limits.maxRows, perColumn));
  // Each column has its own budget: large cells in one leave the others theirs.
  const columns = kept.map((source) => captureColumn(source, indexes, { remaining: perColumn }));
  return { kind: "columns", rows, columns };
}

function captureColumn(source: ColumnSource, indexes: readonly number[], budget: CellBudget): ColumnSample {
  const { name, type, hasMissing } = source;
  const values: unknown[] = [];
  for (const index of indexes) {
    if (budget.remaining <= 0) break;
    values.push(copyCell(source.cell(index), budget));
  }
  return {
    ...(name !== undefined && { name }),
    ...(type && { type }),
    ...(hasMissing !== undefined && { hasMissing }),
    values,
  };
}
