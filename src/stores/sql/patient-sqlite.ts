import { setTimeout as delay } from "node:timers/promises";
import { sqliteCode } from "./drivers";
import type { SqliteConnection } from "./sqlite-connection";
import type { Steps } from "./steps";

/** How long a lock is waited for, in milliseconds. */
const PATIENCE = 20_000;
/** The first wait; each one after it is twice as long, up to the longest. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 100;

/**
 * A SQLite database for a process that has others to answer: while another process keeps it locked, operations are tried again and again, and in
 * between everything else goes on. Writes keep their order.
 */
export class PatientSqlite {
  readonly #connection: SqliteConnection;
  /** The write that waits for the lock; those that come later wait for it. */
  #waiting: Promise<unknown> | undefined;

  /** `connection`: one that waits for a lock a moment only. */
  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Runs an operation, all of it or nothing; `steps` begins it anew. */
  run<T>(steps: () => Steps<T>, writes: boolean): Promise<T> {
    return this.#persist(() => this.#connection.run(steps(), writes), writes);
  }

  /** Opens the database, unless it is open. */
  open(): Promise<void> {
    return this.#persist(() => this.#connection.open(), false);
  }

  async #persist<T>(act: () => T, writes: boolean): Promise<T> {
    const begin = performance.now();
    while (writes && this.#waiting) await this.#waiting;
    try {
      return act();
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    const attempts = this.#retry(act, begin + PATIENCE);
    if (writes) {
      const over = (): void => {
        this.#waiting = undefined;
      };
      this.#waiting = attempts.then(over, over);
    }
    return attempts;
  }

  async #retry<T>(act: () => T, until: number): Promise<T> {
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      await delay(wait * (0.5 + Math.random()));
      try {
        return act();
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
      }
    }
  }
}

const isBusy = (error: unknown): boolean => sqliteCode(error) === "SQLITE_BUSY";
