import { messages, shippedText, StoreError } from "../../../core";
import type { ServerConnection } from "../drivers";
import type { Statement } from "../steps";
import { ourIndexes } from "./our-indexes";
import { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";

/** How a schema is found and made on one kind of server. */
export interface SchemaKind {
  readonly dialect: "postgresql" | "mysql";
  /** Says, as `present`, whether a table is there whose name it is given. */
  readonly tables: string;
  /** Before and behind the making of a schema: one process at a time. */
  readonly lock: readonly string[];
  readonly unlock: readonly string[];
  /** The statements in a schema's text. */
  readonly statementsOf: (text: string) => readonly string[];
}

/** On PostgreSQL a schema is made in one transaction. */
export const POSTGRESQL_SCHEMA: SchemaKind = {
  dialect: "postgresql",
  tables: "select table_name as name from information_schema.tables where table_schema = current_schema()",
  lock: ["begin", "select pg_advisory_xact_lock(7235201)"],
  unlock: ["commit"],
  statementsOf: (text) => [text],
};

/** MySQL commits each table by itself: the revision, which the last of them holds, says that all are there. */
export const MYSQL_SCHEMA: SchemaKind = {
  dialect: "mysql",
  tables: "select table_name as name from information_schema.tables where table_schema = database()",
  lock: ["select get_lock('trackbook schema', 60)", "set foreign_key_checks = 0"],
  unlock: ["set foreign_key_checks = 1", "select release_lock('trackbook schema')"],
  statementsOf: (text) => text.split(/;\n(?=\n|$|CREATE)/).filter((statement) => statement.trim() !== ""),
};

/**
 * Sees to it that a database on a server has MLflow's schema: an empty one is given it, one that has it in a revision we know is left
 * as it is. `place` is the database as people are shown it.
 *
 * @throws INVALID_STATE for any other, in which nothing is written
 */
export async function prepareServerSchema(
  connection: ServerConnection,
  kind: SchemaKind,
  place: string,
): Promise<void> {
  if (await hasKnownSchema(connection, kind, place)) return;
  for (const sql of kind.lock) await connection.execute(plain(sql));
  try {
    // Another process may have been quicker.
    if (!(await hasKnownSchema(connection, kind, place))) await makeSchema(connection, kind);
  } finally {
    for (const sql of kind.unlock) await connection.execute(plain(sql));
  }
}

const plain = (sql: string): Statement => ({ sql, parameters: [], rows: true });

async function hasKnownSchema(connection: ServerConnection, kind: SchemaKind, place: string): Promise<boolean> {
  const names = await namesIn(connection, kind.tables);
  if (names.length === 0) return false;
  if (!names.includes("alembic_version"))
    throw new StoreError(messages.notADatabaseOfMlflow(place, "it holds other tables"));
  const revisions = await namesIn(connection, "select version_num as name from alembic_version");
  const revision = revisions[0];
  if (revisions.length !== 1 || revision === undefined || !KNOWN_REVISIONS.has(revision))
    throw new StoreError(messages.unknownSchema(place, revision, [...KNOWN_REVISIONS.values()]));
  return true;
}

async function namesIn(connection: ServerConnection, sql: string): Promise<string[]> {
  return (await connection.execute(plain(sql))).map((row) => String(row.name));
}

async function makeSchema(connection: ServerConnection, kind: SchemaKind): Promise<void> {
  for (const sql of kind.statementsOf(shippedText(__dirname, `${kind.dialect}.sql`)))
    await connection.execute(plain(sql));
  for (const { sql } of ourIndexes(kind.dialect)) await connection.execute(plain(sql));
  await connection.execute(
    plain("insert into workspaces (name, description) values ('default', 'Default workspace for legacy resources')"),
  );
  await connection.execute(plain(`insert into alembic_version (version_num) values ('${OUR_REVISION}')`));
}
