export type { SearchPatience } from "./context";
export { addIndexes, type DatabaseReport, examineDatabase } from "./examination";
export type { DatabaseGarbage } from "./garbage";
export { type ServerStoreOptions, type ServerStores, serverStores } from "./server-stores";
export {
  type PatientStores,
  patientSqliteStores,
  type SqliteStoreOptions,
  type SqlStores,
  sqliteStores,
} from "./sqlite-stores";
