export type { Dialect, NewRows, Value } from "./dialect";
export { LOWER_FUNCTION, sqliteDialect } from "./sqlite";
