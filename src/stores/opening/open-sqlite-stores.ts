import { globalSlot } from "../../core";
import type { PatientStores, SqlStores } from "../sql";

const opened = globalSlot("sqlite-stores", () => new Map<string, SqlStores>());

const openedToServe = globalSlot("served-sqlite-stores", () => new Map<string, PatientStores>());

/** Loaded by the first database. */
const requireSql = () => require("../sql") as typeof import("../sql");

/**
 * The stores in a SQLite file, the same object for the same file and the same place of artifacts.
 *
 * @throws MISSING_PACKAGE where nothing can open it
 */
export function openSqliteStores(path: string, artifactRoot?: string): SqlStores {
  const key = artifactRoot === undefined ? path : `${path} ${artifactRoot}`;
  const known = opened.get(key);
  if (known) return known;
  const stores = requireSql().sqliteStores({ path, artifactRoot });
  opened.set(key, stores);
  return stores;
}

/** The same for a server, which answers with promises while another process keeps the file locked. @throws as {@link openSqliteStores} */
export function openSqliteToServe(path: string, artifactRoot?: string): PatientStores {
  const key = artifactRoot === undefined ? path : `${path} ${artifactRoot}`;
  const known = openedToServe.get(key);
  if (known) return known;
  const stores = requireSql().patientSqliteStores({ path, artifactRoot });
  openedToServe.set(key, stores);
  return stores;
}
