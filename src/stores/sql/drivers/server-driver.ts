import type { Row, Statement } from "../steps";

/** A connection to a database server, for one transaction at a time. */
export interface ServerConnection {
  execute(statement: Statement): Promise<readonly Row[]>;
  /** Gives it back to its pool, or ends it when it may be broken. */
  release(isBroken: boolean): void;
}

/**
 * What an error of a server means: `again` for one that another transaction has brought about, `lost` where there is no connection (any
 * more), `input` for a value that the schema does not take.
 */
export type ServerTrouble = "again" | "lost" | "input";

/** A pool of connections to a database server, through whichever package there is. */
export interface ServerDriver {
  connect(): Promise<ServerConnection>;
  close(): Promise<void>;
  troubleOf(error: unknown): ServerTrouble | undefined;
  /** The statements that begin a transaction. */
  readonly begin: { readonly read: string; readonly write: string };
}

/** Codes of Node's for a connection that is not there. */
export const LOST_CONNECTION: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);
