import { globalSlot } from "../core";
import type { SqlStores } from "./sql";

const opened = globalSlot("sqlite-stores", () => new Map<string, SqlStores>());

/** Loaded by the first database. */
const requireSql = () => require("./sql") as typeof import("./sql");

/** The stores in a SQLite file, the same object for the same file. @throws MISSING_PACKAGE where nothing can open it */
export function openSqliteStores(path: string): SqlStores {
  const known = opened.get(path);
  if (known) return known;
  const stores = requireSql().sqliteStores({ path });
  opened.set(path, stores);
  return stores;
}
