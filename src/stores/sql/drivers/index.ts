export { requireSqlite } from "./open-sqlite";
export { type OpenSqlite, type SqliteDriver, sqliteCode } from "./sqlite-driver";
