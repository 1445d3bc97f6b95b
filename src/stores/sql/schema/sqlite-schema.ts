import { messages, StoreError } from "../../../core";
import { shippedText } from "../../../core/disk";
import type { SqliteDriver } from "../drivers";
import { TABLE_NAMES } from "./catalogue";
import { ourIndexes } from "./our-indexes";
import { KNOWN_REVISIONS, OUR_REVISION } from "./revisions";

/**
 * Sees to it that a database has MLflow's schema: an empty one is given it, one that has it in a revision we know is left as it is.
 *
 * @throws INVALID_STATE for any other, in which nothing is written
 */
export function prepareSqliteSchema(driver: SqliteDriver, place: string): void {
  if (hasKnownSchema(driver, place)) return;
  driver.script("begin immediate");
  try {
    // Another process may have been quicker.
    if (!hasKnownSchema(driver, place)) makeSchema(driver);
    driver.script("commit");
  } catch (error) {
    driver.script("rollback");
    throw error;
  }
}

/** `false` for a database without tables. */
function hasKnownSchema(driver: SqliteDriver, place: string): boolean {
  const names = query(driver, TABLE_NAMES.sqlite);
  if (names.length === 0) return false;
  if (!names.includes("alembic_version"))
    throw new StoreError(messages.notADatabaseOfMlflow(place, "it holds other tables"));
  const revisions = query(driver, "select version_num as name from alembic_version");
  const revision = revisions[0];
  if (revisions.length !== 1 || revision === undefined || !KNOWN_REVISIONS.has(revision))
    throw new StoreError(messages.unknownSchema(place, revision, [...KNOWN_REVISIONS.values()]));
  return true;
}

const query = (driver: SqliteDriver, sql: string): string[] =>
  driver.execute({ sql, parameters: [], rows: true }).map((row) => String(row.name));

function makeSchema(driver: SqliteDriver): void {
  driver.script(shippedText(__dirname, "sqlite.sql"));
  driver.script(`
    insert into workspaces (name, description) values ('default', 'Default workspace for legacy resources');
    insert into alembic_version (version_num) values ('${OUR_REVISION}');
  `);
  for (const { sql } of ourIndexes("sqlite")) driver.script(sql);
}
