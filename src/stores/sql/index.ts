export { type ServerStoreOptions, type ServerStores, serverStores } from "./server-stores";
export { type SqliteStoreOptions, type SqlStores, sqliteStores } from "./sqlite-stores";
