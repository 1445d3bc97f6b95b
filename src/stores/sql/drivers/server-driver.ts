import type { Row, Statement } from "../steps";

/** A connection to a database server, for one transaction at a time. */
export interface ServerConnection {
  execute(statement: Statement): Promise<readonly Row[]>;
  /** Gives it back to its pool, or ends it when it may be broken. */
  release(isBroken: boolean): void;
}

/**
 * What an error of a server means: `again` for one that another transaction has brought about, `taken` for a key that is there already,
 * which another transaction may have brought about, `lost` where there is no connection (any more), `late` where no answer has come,
 * `input` for a value that the schema does not take.
 */
export type ServerTrouble = "again" | "taken" | "lost" | "late" | "input";

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

/** What pools of connections have in common, times in milliseconds. */
export const POOL = {
  mostConnections: 10,
  connectWithin: 10_000,
  /** So long a connection is silent before the system asks whether the other end is there. */
  silence: 10_000,
  /** An answer that has not come by then will not come: a server that was cut off does not say so. */
  answerWithin: 120_000,
} as const;

/** How a pool of connections may differ from others. */
export interface ServerDriverOptions {
  /** How long an answer is waited for, in milliseconds; 0: as long as it takes. @default two minutes */
  readonly answerWithin?: number;
}
