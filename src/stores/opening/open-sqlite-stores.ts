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
export const openSqliteStores = (path: string, artifactRoot?: string): SqlStores =>
  openedOnce(opened, path, artifactRoot, () => requireSql().sqliteStores({ path, artifactRoot }));

/** The same for a server, which answers with promises while another process keeps the file locked. @throws as {@link openSqliteStores} */
export const openSqliteToServe = (path: string, artifactRoot?: string): PatientStores =>
  openedOnce(openedToServe, path, artifactRoot, () => requireSql().patientSqliteStores({ path, artifactRoot }));

function openedOnce<Stores>(
  known: Map<string, Stores>,
  path: string,
  artifactRoot: string | undefined,
  open: () => Stores,
): Stores {
  const key = artifactRoot === undefined ? path : `${path} ${artifactRoot}`;
  const stores = known.get(key) ?? open();
  known.set(key, stores);
  return stores;
}
