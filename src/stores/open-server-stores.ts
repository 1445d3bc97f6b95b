import { globalSlot } from "../core";
import type { ServerStores } from "./sql";

const opened = globalSlot("database-stores", () => new Map<string, ServerStores>());

/** Loaded by the first database. */
const requireSql = () => require("./sql") as typeof import("./sql");

/** The stores in a database on a server, the same object for the same URI. @throws MISSING_PACKAGE where its package is not installed */
export function openServerStores(uri: string): ServerStores {
  const known = opened.get(uri);
  if (known) return known;
  const stores = requireSql().serverStores({ uri });
  opened.set(uri, stores);
  return stores;
}
