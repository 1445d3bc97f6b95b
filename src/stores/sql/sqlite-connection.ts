import { dirname } from "node:path";
import { makeFolder } from "../../core/disk";
import { LOWER_FUNCTION } from "./dialects";
import { type OpenSqlite, requireSqlite, type SqliteDriver } from "./drivers";
import { prepareSqliteSchema } from "./schema";
import { runSync, type Statement, type Steps } from "./steps";

const lower = (text: unknown): unknown => (typeof text === "string" ? text.toLowerCase() : text);

const BEGIN_READ: Statement = { sql: "begin", parameters: [] };
const BEGIN_WRITE: Statement = { sql: "begin immediate", parameters: [] };
const COMMIT: Statement = { sql: "commit", parameters: [] };
const ROLLBACK: Statement = { sql: "rollback", parameters: [] };

/** A SQLite database in a file, opened by the first operation. Several processes, Python's MLflow among them, may use it at once. */
export class SqliteConnection {
  readonly #path: string;
  readonly #openDriver: OpenSqlite;
  readonly #begin: () => Steps<void>;
  readonly #busyTimeout: number;
  #driver: SqliteDriver | undefined;

  /**
   * `begin`: what is done first when the database has been opened. `busyTimeout`: how long another's lock is waited for, in milliseconds, while
   * this process does nothing else.
   *
   * @throws MISSING_PACKAGE where nothing can open it
   */
  constructor(path: string, begin: () => Steps<void>, busyTimeout = 20_000) {
    this.#path = path;
    this.#openDriver = requireSqlite(path);
    this.#begin = begin;
    this.#busyTimeout = busyTimeout;
  }

  /** Opens the database, unless it is open. */
  open(): void {
    this.#open();
  }

  /** Runs an operation, all of it or nothing. */
  run<T>(steps: Steps<T>, writes: boolean): T {
    return transact(this.#open(), steps, writes);
  }

  close(): void {
    this.#driver?.close();
    this.#driver = undefined;
  }

  #open(): SqliteDriver {
    if (this.#driver) return this.#driver;
    makeFolder(dirname(this.#path));
    const driver = this.#openDriver(this.#path, { [LOWER_FUNCTION]: lower });
    try {
      driver.script(
        `pragma busy_timeout = ${this.#busyTimeout}; pragma foreign_keys = on; pragma case_sensitive_like = true;`,
      );
      prepareSqliteSchema(driver, this.#path);
      useWriteAheadLog(driver);
      transact(driver, this.#begin(), true);
    } catch (error) {
      driver.close();
      throw error;
    }
    this.#driver = driver;
    return driver;
  }
}

function transact<T>(driver: SqliteDriver, steps: Steps<T>, writes: boolean): T {
  driver.execute(writes ? BEGIN_WRITE : BEGIN_READ);
  try {
    const value = runSync(steps, driver.execute);
    driver.execute(COMMIT);
    return value;
  } catch (error) {
    rollBack(driver);
    throw error;
  }
}

/** SQLite itself has ended the transaction after some errors. */
function rollBack(driver: SqliteDriver): void {
  try {
    driver.execute(ROLLBACK);
  } catch {
    // What went wrong first is what is thrown.
  }
}

/** Readers and a writer do not wait for each other then, and a commit need not wait for the disk. */
function useWriteAheadLog(driver: SqliteDriver): void {
  try {
    const [row] = driver.execute({ sql: "pragma journal_mode = wal", parameters: [], rows: true });
    if (row?.journal_mode === "wal") driver.script("pragma synchronous = normal; pragma wal_autocheckpoint = 4000");
  } catch {
    // A database that others are at, or that may only be read, stays as it is.
  }
  driver.script("pragma cache_size = -32000");
}
