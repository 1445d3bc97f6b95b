import { existsSync } from "node:fs";
import { sqlitePath } from "../sqlite-address";
import type { Dialect } from "./dialects";
import { mysqlDriver, postgresqlDriver, requireSqlite } from "./drivers";
import { INDEX_NAMES, KNOWN_REVISIONS, ourIndexes, TABLE_NAMES } from "./schema";
import { serverPlace } from "./server-place";
import type { Row } from "./steps";

/** What a database is, as `trackbook doctor` and `trackbook db upgrade` tell it. */
export interface DatabaseReport {
  readonly kind: Dialect["name"];
  /** The package that reaches it. */
  readonly driver: string;
  /** The revision of MLflow's schema; `undefined` for an empty database. */
  readonly revision?: string;
  /** The version of MLflow whose schema that is; `undefined` for one that trackbook does not know. */
  readonly mlflowVersion?: string;
  /** The indexes that MLflow's schema lacks, and whether they are there. */
  readonly indexes: readonly { readonly name: string; readonly isThere: boolean }[];
}

/** A database that is looked at as it is: opening it makes and changes nothing. */
interface Examined {
  readonly kind: Dialect["name"];
  readonly driver: string;
  readonly ask: (sql: string) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** What is in a database. `undefined` for a SQLite file that is not there. @throws MISSING_PACKAGE, and what the database says */
export async function examineDatabase(uri: string): Promise<DatabaseReport | undefined> {
  const database = await openExamined(uri);
  if (!database) return undefined;
  return examine(database).finally(() => database.close());
}

/** Makes those indexes that MLflow's schema lacks and that are not there yet; their names. */
export async function addIndexes(uri: string): Promise<readonly string[]> {
  const database = await openExamined(uri);
  if (!database) return [];
  try {
    const { indexes } = await examine(database);
    const missing = ourIndexes(database.kind).filter(({ name }) =>
      indexes.some((index) => index.name === name && !index.isThere),
    );
    for (const { sql } of missing) await database.ask(sql);
    return missing.map(({ name }) => name);
  } finally {
    await database.close();
  }
}

async function examine({ kind, driver, ask }: Examined): Promise<DatabaseReport> {
  const namesIn = async (sql: string) => (await ask(sql)).map((row) => String(row.name));
  const tables = await namesIn(TABLE_NAMES[kind]);
  const [revision] = tables.includes("alembic_version")
    ? await namesIn("select version_num as name from alembic_version")
    : [];
  const there = new Set(await namesIn(INDEX_NAMES[kind]));
  return {
    kind,
    driver,
    revision,
    mlflowVersion: KNOWN_REVISIONS.get(revision ?? ""),
    indexes: ourIndexes(kind).map(({ name }) => ({ name, isThere: there.has(name) })),
  };
}

/** To make an index of a large table takes as long as it takes. */
const MAKES_INDEXES = { answerWithin: 0 };

async function openExamined(uri: string): Promise<Examined | undefined> {
  const path = sqlitePath(uri);
  if (path !== undefined) return existsSync(path) ? openFile(path) : undefined;
  const { kind, place } = serverPlace(uri);
  const driver = (kind === "mysql" ? mysqlDriver : postgresqlDriver)(place, MAKES_INDEXES);
  const connection = await driver.connect();
  return {
    kind,
    driver: kind === "mysql" ? "mysql2" : "pg",
    ask: (sql) => connection.execute({ sql, parameters: [], rows: true }),
    async close() {
      connection.release(false);
      await driver.close();
    },
  };
}

function openFile(path: string): Examined {
  const driver = requireSqlite(path)(path, {});
  driver.script("pragma busy_timeout = 20000");
  return {
    kind: "sqlite",
    driver: driver.name,
    async ask(sql) {
      const answers = /^select/.test(sql);
      return driver.execute({ sql, parameters: [], rows: answers });
    },
    close: async () => driver.close(),
  };
}
