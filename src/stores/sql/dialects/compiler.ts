import { type DialectAdapter, DummyDriver, Kysely, type QueryCompiler, SqliteIntrospector } from "kysely";
import type { MetricRow, Tables } from "../tables";

/** A Kysely that compiles queries and carries none out: what is asked, and when, is for the operations to say. */
export const compilerOf = (createAdapter: () => DialectAdapter, createQueryCompiler: () => QueryCompiler) =>
  new Kysely<Tables>({
    dialect: {
      createAdapter,
      createQueryCompiler,
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });

/** A list of column names between commas, in quotes. */
export const columnList = (columns: readonly string[], quote = '"'): string =>
  columns.map((column) => quote + column + quote).join(", ");

/** What becomes of a row that is there already. */
export type Conflict = "fail" | "keep" | "replace";

/** The columns of `latest_metrics`. */
export const LATEST_COLUMNS = ["key", "value", "timestamp", "step", "is_nan", "run_uuid"] as const;
/** Its primary key. */
export const LATEST_KEY = ["key", "run_uuid"] as const;

/** The values of such rows, column by column. */
export const valuesOf = (rows: readonly MetricRow[]): unknown[][] =>
  rows.map((row) => LATEST_COLUMNS.map((column) => row[column]));
