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

/** @throws INVALID_PARAMETER_VALUE for columns of unequal length and for what is no table */
export function toTable(table: Table): SplitTable {
  if (Array.isArray(table)) {
    for (const row of table) validateRecord("A row of the table", row);
    const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
    return { columns, data: table.map((row) => columns.map((column) => row[column] ?? null)) };
  }
  validateRecord("The table", table);
  const columns = Object.keys(table);
  const values = columns.map((column) => Array.from(table[column] as ArrayLike<unknown>));
  const length = values[0]?.length ?? 0;
  if (values.some((column) => column.length !== length))
    throw new InvalidInputError(messages.wrongType("The table", table, "rows, or columns of equal length"));
  return { columns, data: Array.from({ length }, (_, row) => values.map((column) => column[row] ?? null)) };
}

/** Writes the table, after the rows that the file holds already, and lists it in MLflow's tag of logged tables. */
export function appendTable(run: TableRun, table: SplitTable, file: string): void {
  const before = existing(run, file);
  const merged = before ? concat(before, table) : table;
  run.artifacts.write(file, JSON.stringify(merged));
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
