import { InvalidInputError, messages, validateRecord } from "../../core";

/** Rows, or columns of equal length. */
export type Table = readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, ArrayLike<unknown>>>;

/** MLflow's form of a logged table: pandas' "split" orient. */
export interface SplitTable {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/**
 * The table as JSON will hold it: a copy, with `null` for what is missing.
 * @throws INVALID_PARAMETER_VALUE for columns of unequal length, what is no table, and values that JSON cannot hold
 */
export function toTable(table: Table): SplitTable {
  const split = Array.isArray(table) ? fromRows(table) : fromColumns(table as Exclude<Table, readonly unknown[]>);
  try {
    return JSON.parse(JSON.stringify(split)) as SplitTable;
  } catch (cause) {
    throw new InvalidInputError(
      messages.wrongType(
        "The table",
        split.data[0],
        "values that JSON can hold",
        "String(value) makes text of bigints; take out objects that hold themselves.",
      ),
      { cause },
    );
  }
}

function fromRows(rows: readonly Readonly<Record<string, unknown>>[]): SplitTable {
  for (const row of rows) validateRecord("A row of the table", row);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, data: rows.map((row) => columns.map((column) => row[column] ?? null)) };
}

function fromColumns(table: Readonly<Record<string, ArrayLike<unknown>>>): SplitTable {
  validateRecord("The table", table);
  const columns = Object.keys(table);
  const values = Object.values(table);
  const length = isList(values[0]) ? values[0].length : 0;
  if (!values.every((column) => isList(column) && column.length === length))
    throw new InvalidInputError(
      messages.wrongType(
        "The table",
        table,
        "rows, or columns of equal length",
        "[{ a: 1 }, { a: 2 }] and { a: [1, 2] } are the same table.",
      ),
    );
  return { columns, data: Array.from({ length }, (_, row) => values.map((column) => column[row] ?? null)) };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);
