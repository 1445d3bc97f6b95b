export { mysqlDriver } from "./mysql-driver";
export { requireSqlite } from "./open-sqlite";
export { postgresqlDriver } from "./postgresql-driver";
export type { ServerConnection, ServerDriver, ServerDriverOptions, ServerTrouble } from "./server-driver";
export { type OpenSqlite, type SqliteDriver, sqliteCode } from "./sqlite-driver";
