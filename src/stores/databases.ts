import { isDatabaseServer } from "./server-address";
import type { DatabaseReport } from "./sql";
import { sqlitePath } from "./sqlite-address";

/** Loaded by the first database. */
const requireSql = () => require("./sql") as typeof import("./sql");

/** Whether a tracking URI is that of a database. */
export const isDatabase = (uri: string): boolean => sqlitePath(uri) !== undefined || isDatabaseServer(uri);

/** What is in a database; it is looked at as it is. `undefined` for a SQLite file that is not there. */
export const examineDatabase = (uri: string): Promise<DatabaseReport | undefined> => requireSql().examineDatabase(uri);

/** Makes those indexes that MLflow's schema lacks and that are not there yet; their names. */
export const addIndexes = (uri: string): Promise<readonly string[]> => requireSql().addIndexes(uri);
