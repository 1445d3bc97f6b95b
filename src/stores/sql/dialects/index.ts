export type { Dialect, NewRows, Value } from "./dialect";
export { mysqlDialect } from "./mysql";
export { postgresqlDialect } from "./postgresql";
export { LOWER_FUNCTION, sqliteDialect } from "./sqlite";
