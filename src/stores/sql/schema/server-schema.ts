import { messages, StoreError } from "../../../core";
import { shippedText } from "../../../core/disk";
import type { ServerConnection } from "../drivers";
import type { Row, Statement } from "../steps";
import { INDEX_NAMES, TABLE_NAMES } from "./catalogue";
import { ourIndexes } from "./our-indexes";
import { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";

/** How a schema is made on one kind of server. */
export interface SchemaKind {
  readonly dialect: "postgresql" | "mysql";
  /** Before and behind the making of a schema: one process at a time. A statement may answer `got`, 1 where the lock was got. */
  readonly lock: readonly string[];
  readonly unlock: readonly string[];
  /** Where tables are committed one by one, the revision while they are made. */
  readonly unfinished?: string;
  /** The statements that make MLflow's tables, of which some may be there already where they are committed one by one. */
  readonly statementsOf: (text: string) => readonly string[];
  /** The statement behind which all is there. */
  readonly finish: string;
}

const WORKSPACE = "into workspaces (name, description) values ('default', 'Default workspace for legacy resources')";

/** On PostgreSQL a schema is made in one transaction. */
export const POSTGRESQL_SCHEMA: SchemaKind = {
  dialect: "postgresql",
  lock: ["begin", "select pg_advisory_xact_lock(7235201)"],
  unlock: ["commit"],
  statementsOf: (text) => [text, `insert ${WORKSPACE}`],
  finish: `insert into alembic_version (version_num) values ('${OUR_REVISION}')`,
};

/** No revision of MLflow's, whose programs refuse what has it. */
const UNFINISHED = "trackbook_unfinished";
const LOCK = "concat('trackbook ', sha1(database()))";

/** MySQL commits each table by itself: whoever comes meanwhile waits, and whoever finds that nobody goes on does. */
export const MYSQL_SCHEMA: SchemaKind = {
  dialect: "mysql",
  lock: [`select get_lock(${LOCK}, 60) as got`, "set foreign_key_checks = 0"],
  unlock: ["set foreign_key_checks = 1", `select release_lock(${LOCK})`],
  unfinished: UNFINISHED,
  statementsOf(text) {
    const [revision = "", ...tables] = text
      .replaceAll(/^CREATE TABLE /gm, "CREATE TABLE IF NOT EXISTS ")
      .split(/;\n(?=\n|$|CREATE)/)
      .filter((statement) => statement.trim() !== "");
    const mark = `insert ignore into alembic_version (version_num) values ('${UNFINISHED}')`;
    return [revision, mark, ...tables, `insert ignore ${WORKSPACE}`];
  },
  finish: `update alembic_version set version_num = '${OUR_REVISION}'`,
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
  for (const sql of kind.lock)
    for (const { got = 1 } of await ask(connection, sql))
      if (got !== 1) throw new StoreError(messages.schemaInTheMaking(place));
  try {
    // Another process may have been quicker.
    if (!(await hasKnownSchema(connection, kind, place))) await makeSchema(connection, kind);
  } finally {
    for (const sql of kind.unlock) await ask(connection, sql);
  }
}

const ask = (connection: ServerConnection, sql: string): Promise<readonly Row[]> =>
  connection.execute({ sql, parameters: [], rows: true } satisfies Statement);

/** `false` for a database without tables, and for one that has not got all of them yet. */
async function hasKnownSchema(connection: ServerConnection, kind: SchemaKind, place: string): Promise<boolean> {
  const names = await namesIn(connection, TABLE_NAMES[kind.dialect]);
  if (names.length === 0) return false;
  if (!names.includes("alembic_version"))
    throw new StoreError(messages.notADatabaseOfMlflow(place, "it holds other tables"));
  const revisions = await namesIn(connection, "select version_num as name from alembic_version");
  const revision = revisions[0];
  if (kind.unfinished !== undefined)
    if (revision === kind.unfinished || (revision === undefined && names.length === 1)) return false;
  if (revisions.length !== 1 || revision === undefined || !KNOWN_REVISIONS.has(revision))
    throw new StoreError(messages.unknownSchema(place, revision, [...KNOWN_REVISIONS.values()]));
  return true;
}

async function namesIn(connection: ServerConnection, sql: string): Promise<string[]> {
  return (await ask(connection, sql)).map((row) => String(row.name));
}

async function makeSchema(connection: ServerConnection, kind: SchemaKind): Promise<void> {
  const { dialect, statementsOf, finish } = kind;
  for (const sql of statementsOf(shippedText(__dirname, `${dialect}.sql`))) await ask(connection, sql);
  const there = new Set(await namesIn(connection, INDEX_NAMES[dialect]));
  for (const { name, sql } of ourIndexes(dialect)) if (!there.has(name)) await ask(connection, sql);
  await ask(connection, finish);
}
