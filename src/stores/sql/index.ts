export { type SqliteStoreOptions, type SqlStores, sqliteStores } from "./sqlite-stores";
