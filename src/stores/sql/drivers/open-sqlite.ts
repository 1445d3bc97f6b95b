import { messages, StoreError } from "../../../core";
import { findBetterSqlite3 } from "./better-sqlite3";
import { findNodeSqlite } from "./node-sqlite";
import type { OpenSqlite } from "./sqlite-driver";

/**
 * What opens a SQLite database in a file, which is made when it is missing: Node's own SQLite, else better-sqlite3.
 *
 * @throws MISSING_PACKAGE when there is neither
 */
export function requireSqlite(path: string): OpenSqlite {
  const open = findNodeSqlite() ?? findBetterSqlite3();
  if (!open) throw new StoreError(messages.sqliteMissing(path));
  return open;
}
