import { errorCode, messages, StoreError } from "../../../core";
import type { Row } from "../steps";
import {
  LOST_CONNECTION,
  POOL,
  type ServerDriver,
  type ServerDriverOptions,
  type ServerTrouble,
} from "./server-driver";

/**
 * Of a transaction that reads. A search asks for a page, and is over before a query is compiled; what it looks up is looked up in an
 * index, for a bitmap of all that a clause finds is made before the first of it is used; sets of a million ids fit in the memory.
 */
const SEARCH_SETTINGS = [
  "set local jit = off",
  "set local enable_bitmapscan = off",
  "set local random_page_cost = 1.1",
  "set local work_mem = '64MB'",
].join("; ");

/** PostgreSQL through the package pg. @throws MISSING_PACKAGE where it is not installed */
export function postgresqlDriver(
  uri: string,
  { answerWithin = POOL.answerWithin }: ServerDriverOptions = {},
): ServerDriver {
  const pg = loadPg(uri);
  const pool = new pg.Pool({
    connectionString: uri,
    max: POOL.mostConnections,
    connectionTimeoutMillis: POOL.connectWithin,
    keepAlive: true,
    keepAliveInitialDelayMillis: POOL.silence,
    query_timeout: answerWithin,
    allowExitOnIdle: true,
    types: {
      // MLflow's BIGINT columns hold times and steps, which numbers are large enough for.
      getTypeParser: (id, format) => (id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format)),
    },
  });
  // Of a connection that nobody uses: the next transaction gets another.
  pool.on("error", () => undefined);
  // Of one that is lent: its statements fail, and the event would end the process besides.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    async connect() {
      const client = await pool.connect();
      return {
        async execute({ sql, parameters }) {
          const { rows } = await client.query<Row>(sql, [...parameters]);
          return rows;
        },
        release: (isBroken) => client.release(isBroken),
      };
    },
    close: () => pool.end(),
    troubleOf,
    begin: { read: `begin isolation level repeatable read, read only; ${SEARCH_SETTINGS}`, write: "begin" },
  };
}

function loadPg(uri: string): typeof import("pg") {
  try {
    return require("pg") as typeof import("pg");
  } catch (cause) {
    throw new StoreError(messages.databasePackageMissing("PostgreSQL", "pg", uri), { cause });
  }
}

const UNIQUE_VIOLATION = "23505";
/** Serialization failure, deadlock. */
const AGAIN = new Set(["40001", "40P01"]);
/** Shut down by an administrator, crashed, not ready yet, no place for one more. */
const LOST = new Set(["57P01", "57P02", "57P03", "53300"]);
/** What the package says where it has no code. */
const LOST_MESSAGE =
  /^Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/;
/** Too long a text, a number out of range, a character that is refused. */
const INPUT = new Set(["22001", "22003", "22021", "22P05"]);

function troubleOf(error: unknown): ServerTrouble | undefined {
  const code = errorCode(error);
  if (code === UNIQUE_VIOLATION) return "taken";
  if (AGAIN.has(code)) return "again";
  if (INPUT.has(code)) return "input";
  if (LOST.has(code) || LOST_CONNECTION.has(code) || code.startsWith("08")) return "lost";
  const { message = "" } = error as Partial<Error>;
  if (message === "Query read timeout") return "late";
  return LOST_MESSAGE.test(message) ? "lost" : undefined;
}
