import { type DialectAdapter, DummyDriver, Kysely, type QueryCompiler, SqliteIntrospector } from "kysely";
import type { Tables } from "../tables";

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
