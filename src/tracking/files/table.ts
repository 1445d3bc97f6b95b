import type { ArtifactRepository } from "../../artifacts";
import { InvalidInputError, messages, validateRecord } from "../../core";
import type { TrackingStore } from "../../stores";

/** Rows, or columns of equal length. */
export type Table = readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, ArrayLike<unknown>>>;

/** MLflow's form of a logged table: pandas' "split" orient. */
export interface SplitTable {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** The run that a table is logged to. */
export interface TableRun {
  readonly id: string;
  readonly store: TrackingStore;
  readonly artifacts: ArtifactRepository;
}

const LOGGED_ARTIFACTS = "mlflow.loggedArtifacts";

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

/** Writes the table, after the rows that the file holds already, and lists it in MLflow's tag of logged tables. */
export function appendTable(run: TableRun, table: SplitTable, file: string): void {
  run.artifacts.exclusively(() => {
    const before = existing(run, file);
    run.artifacts.write(file, JSON.stringify(before ? concat(before, table) : table));
    listTable(run, file);
  });
}

function listTable(run: TableRun, file: string): void {
  const tag = run.store.getRun(run.id).data.tags[LOGGED_ARTIFACTS];
  const listed = tag ? (JSON.parse(tag) as { path: string; type: string }[]) : [];
  if (listed.some(({ path }) => path === file)) return;
  const value = JSON.stringify([...listed, { path: file, type: "table" }]);
  run.store.logBatch(run.id, { tags: [{ key: LOGGED_ARTIFACTS, value }] });
}

function existing(run: TableRun, file: string): SplitTable | undefined {
  try {
    return JSON.parse(Buffer.from(run.artifacts.read(file)).toString("utf8")) as SplitTable;
  } catch (error) {
    if ((error as { code?: string }).code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

function concat(first: SplitTable, second: SplitTable): SplitTable {
  const columns = [...new Set([...first.columns, ...second.columns])];
  const spread = ({ columns: from, data }: SplitTable) => {
    const places = columns.map((column) => from.indexOf(column));
    return data.map((row) => places.map((place) => (place < 0 ? null : row[place])));
  };
  return { columns, data: [...spread(first), ...spread(second)] };
}
