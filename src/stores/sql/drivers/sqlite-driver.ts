import type { Row, Statement } from "../steps";

/** An open SQLite database, through whichever package there is. */
export interface SqliteDriver {
  readonly name: "node:sqlite" | "better-sqlite3";
  /** Carries a statement out; its rows where they are wanted. */
  execute(statement: Statement): readonly Row[];
  /** Carries several statements out, one after the other. */
  script(sql: string): void;
  close(): void;
}

/** Functions that can be called in SQL by their names. */
export type SqlFunctions = Readonly<Record<string, (value: unknown) => unknown>>;

/** Opens the database in a file. */
export type OpenSqlite = (path: string, functions: SqlFunctions) => SqliteDriver;

/** A statement that a driver has prepared. */
export interface PreparedStatement {
  all(...parameters: readonly unknown[]): unknown;
  run(...parameters: readonly unknown[]): unknown;
}

/** More texts than a program usually asks; beyond them each is prepared anew. */
const MOST_PREPARED = 300;

/** Carries statements out through prepared ones, which are kept. */
export function preparedExecution(prepare: (sql: string) => PreparedStatement): SqliteDriver["execute"] {
  const known = new Map<string, PreparedStatement>();
  return ({ sql, parameters, parameterSets, rows }) => {
    let statement = known.get(sql);
    if (!statement) {
      if (known.size >= MOST_PREPARED) known.clear();
      statement = prepare(sql);
      known.set(sql, statement);
    }
    if (rows) return statement.all(...parameters) as readonly Row[];
    if (!parameterSets) statement.run(...parameters);
    else for (const set of parameterSets) statement.run(...set);
    return [];
  };
}

/** SQLite's codes by number, of those that we say something about (sqlite3.h). */
const CODES: Readonly<Record<number, string>> = {
  5: "SQLITE_BUSY",
  8: "SQLITE_READONLY",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  26: "SQLITE_NOTADB",
};

/** SQLite's code in what a driver has thrown, such as `SQLITE_BUSY`, without what it adds for some causes (`_SNAPSHOT`); `""` for anything else. */
export function sqliteCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (typeof errcode === "number") return CODES[errcode & 0xff] ?? "SQLITE_ERROR";
  return (typeof code === "string" && /^SQLITE_[A-Z]+/.exec(code)?.[0]) || "";
}
