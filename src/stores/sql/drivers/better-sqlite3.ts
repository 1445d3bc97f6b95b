import { type OpenSqlite, preparedExecution } from "./sqlite-driver";

/** The package better-sqlite3; `undefined` where it is not installed, or not for this Node. */
export function findBetterSqlite3(): OpenSqlite | undefined {
  const Database = loadBetterSqlite3();
  if (!Database) return undefined;
  return (path, functions) => {
    const database = new Database(path);
    for (const [name, body] of Object.entries(functions)) database.function(name, { deterministic: true }, body);
    return {
      name: "better-sqlite3",
      execute: preparedExecution((sql) => database.prepare(sql)),
      script: (sql) => {
        database.exec(sql);
      },
      close: () => {
        database.close();
      },
    };
  };
}

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
