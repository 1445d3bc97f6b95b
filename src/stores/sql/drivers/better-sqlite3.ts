import { type OpenSqlite, type PreparedStatement, preparedExecution } from "./sqlite-driver";

/** The package better-sqlite3; `undefined` where it is not installed, or not for this Node. */
export function findBetterSqlite3(): OpenSqlite | undefined {
  const Database = loadBetterSqlite3();
  if (!Database) return undefined;
  return (path, functions) => {
    const database = new Database(path);
    for (const [name, body] of Object.entries(functions)) database.function(name, { deterministic: true }, body);
    return {
      name: "better-sqlite3",
      execute: preparedExecution((sql) => withWellFormedTexts(database.prepare(sql))),
      script: (sql) => {
        database.exec(sql);
      },
      close: () => {
        database.close();
      },
    };
  };
}

/** It would write half of a surrogate pair as bytes that are no UTF-8, and Python could read no row with them. */
function withWellFormedTexts(statement: PreparedStatement): PreparedStatement {
  return {
    all: (...parameters) => statement.all(...wellFormed(parameters)),
    run: (...parameters) => statement.run(...wellFormed(parameters)),
  };
}

const isIllFormed = (value: unknown): value is string => typeof value === "string" && !value.isWellFormed();

const wellFormed = (parameters: readonly unknown[]): readonly unknown[] =>
  parameters.some(isIllFormed)
    ? parameters.map((value) => (isIllFormed(value) ? value.toWellFormed() : value))
    : parameters;

function loadBetterSqlite3() {
  try {
    const Database = require("better-sqlite3") as typeof import("better-sqlite3");
    // Its compiled part is loaded by the first database.
    new Database(":memory:").close();
    return Database;
  } catch {
    return undefined;
  }
}
