export { type Dialect, INDEXED_CHARACTERS, type NewRows, type Value } from "./dialect";
export { isLater } from "./latest-rows";
export { mysqlDialect } from "./mysql";
export { postgresqlDialect } from "./postgresql";
export { LOWER_FUNCTION, sqliteDialect } from "./sqlite";
