import { globalSlot } from "../../core";
import { withPassword } from "../../core/credentials";
import type { ServerStores } from "../sql";

const opened = globalSlot("database-stores", () => new Map<string, ServerStores>());

/** Loaded by the first database. */
const requireSql = () => require("../sql") as typeof import("../sql");

/** The stores in a database on a server, the same object for the same URI and the same place of artifacts. @throws MISSING_PACKAGE where its package is not installed */
export function openServerStores(uri: string, artifactRoot?: string): ServerStores {
  const full = withPassword(uri);
  const key = artifactRoot === undefined ? full : `${full} ${artifactRoot}`;
  const known = opened.get(key);
  if (known) return known;
  const stores = requireSql().serverStores({ uri: full, artifactRoot });
  opened.set(key, stores);
  return stores;
}
