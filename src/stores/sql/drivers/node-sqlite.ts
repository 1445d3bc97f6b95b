import { errorCode } from "../../../core";
import type { Row } from "../steps";
import {
  type OpenSqlite,
  type PreparedStatement,
  preparedExecution,
  type SqlFunctions,
  type SqliteDriver,
} from "./sqlite-driver";

interface NodeStatement extends PreparedStatement {
  setReadBigInts(isEnabled: boolean): void;
}

/** What we use of Node's module, which the types of Node 20 do not know. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string,
  ) => {
    prepare(sql: string): NodeStatement;
    exec(sql: string): void;
    function?(name: string, options: { deterministic: boolean }, body: (text: unknown) => unknown): void;
    close(): void;
  };
}

/** Node's own SQLite; `undefined` where Node has none. */
export function findNodeSqlite(): OpenSqlite | undefined {
  const sqlite = loadNodeSqlite();
  return sqlite && ((path, functions) => openWith(sqlite, path, functions));
}

function openWith({ DatabaseSync }: NodeSqlite, path: string, functions: SqlFunctions): SqliteDriver {
  const database = new DatabaseSync(path);
  for (const [name, body] of Object.entries(functions)) database.function?.(name, { deterministic: true }, body);
  return {
    name: "node:sqlite",
    execute: preparedExecution((sql) => withLargeIntegers(database.prepare(sql))),
    script: (sql) => database.exec(sql),
    close: () => database.close(),
  };
}

/** Node refuses to read an integer beyond 2 ** 53; as everywhere it is to be the nearest number. Such steps are rare, so the rows are read again. */
function withLargeIntegers(statement: NodeStatement): PreparedStatement {
  return {
    run: (...parameters) => statement.run(...parameters),
    all(...parameters) {
      try {
        return statement.all(...parameters);
      } catch (error) {
        if (errorCode(error) !== "ERR_OUT_OF_RANGE") throw error;
      }
      statement.setReadBigInts(true);
      try {
        return (statement.all(...parameters) as readonly Row[]).map(withNumbers);
      } finally {
        statement.setReadBigInts(false);
      }
    },
  };
}

const withNumbers = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  );

/** Node warns of a module that it calls experimental; that is nothing to the people who train models. */
function loadNodeSqlite(): NodeSqlite | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule?.("node:sqlite" as "node:fs") as unknown as NodeSqlite | undefined;
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
