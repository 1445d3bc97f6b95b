import type { FieldPacket } from "mysql2/promise";
import { errorCode, messages, StoreError } from "../../../core";
import type { Row } from "../steps";
import {
  LOST_CONNECTION,
  POOL,
  type ServerDriver,
  type ServerDriverOptions,
  type ServerTrouble,
} from "./server-driver";

/** Texts that do not fit are refused and not cut, and 0 is MLflow's default experiment and no call for a number. */
const SESSION = "set session sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ERROR_FOR_DIVISION_BY_ZERO'";

/** MySQL and MariaDB through the package mysql2. @throws MISSING_PACKAGE where it is not installed */
export function mysqlDriver(uri: string, { answerWithin = POOL.answerWithin }: ServerDriverOptions = {}): ServerDriver {
  const { createPool } = loadMysql(uri);
  const pool = createPool({
    uri,
    connectionLimit: POOL.mostConnections,
    connectTimeout: POOL.connectWithin,
    enableKeepAlive: true,
    keepAliveInitialDelay: POOL.silence,
    charset: "utf8mb4",
    supportBigNumbers: true,
  });
  const ready = new WeakSet<object>();
  return {
    async connect() {
      const lent = await pool.getConnection();
      const { connection } = lent as unknown as { connection: { stream: { ref(): void; unref(): void } } };
      connection.stream.ref();
      const release = (isBroken: boolean): void => {
        // A program ends although connections wait in the pool.
        connection.stream.unref();
        if (isBroken) lent.destroy();
        else lent.release();
      };
      if (!ready.has(connection)) {
        await lent.query(SESSION).catch((error: unknown) => {
          release(true);
          throw error;
        });
        ready.add(connection);
      }
      return {
        async execute({ sql, parameters }) {
          const [rows, fields] = await lent.query({ sql, values: [...parameters], timeout: answerWithin });
          return Array.isArray(rows) ? withNumbers(rows as Record<string, unknown>[], fields) : [];
        },
        release,
      };
    },
    close: () => pool.end(),
    troubleOf,
    begin: { read: "start transaction with consistent snapshot, read only", write: "start transaction" },
  };
}

/** MySQL's number for the type BIGINT. */
const BIGINT = 8;

/** What does not fit a number is given as a text, and becomes the nearest number. */
function withNumbers(rows: readonly Record<string, unknown>[], fields: readonly FieldPacket[]): readonly Row[] {
  for (const { name, columnType } of fields ?? [])
    if (columnType === BIGINT) for (const row of rows) if (typeof row[name] === "string") row[name] = Number(row[name]);
  return rows;
}

function loadMysql(uri: string): typeof import("mysql2/promise") {
  try {
    return require("mysql2/promise") as typeof import("mysql2/promise");
  } catch (cause) {
    throw new StoreError(messages.databasePackageMissing("MySQL", "mysql2", uri), { cause });
  }
}

const AGAIN = new Set(["ER_LOCK_DEADLOCK", "ER_LOCK_WAIT_TIMEOUT", "ER_CHECKREAD"]);
const LOST = new Set(["PROTOCOL_CONNECTION_LOST", "ER_SERVER_SHUTDOWN", "ER_CON_COUNT_ERROR"]);
const INPUT = new Set(["ER_DATA_TOO_LONG", "ER_WARN_DATA_OUT_OF_RANGE", "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD"]);

function troubleOf(error: unknown): ServerTrouble | undefined {
  const code = errorCode(error);
  if (code === "ER_DUP_ENTRY") return "taken";
  if (code === "PROTOCOL_SEQUENCE_TIMEOUT") return "late";
  if (AGAIN.has(code)) return "again";
  if (INPUT.has(code)) return "input";
  return LOST.has(code) || LOST_CONNECTION.has(code) ? "lost" : undefined;
}
