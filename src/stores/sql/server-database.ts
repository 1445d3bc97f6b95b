import { setTimeout as delay } from "node:timers/promises";
import type { ServerConnection, ServerDriver } from "./drivers";
import { runAsync, type Statement, type Steps } from "./steps";

/** So often an operation is tried that other transactions get in the way of, or that finds no server. */
const MOST_ATTEMPTS = 8;
/** The first wait, in milliseconds; each one after it is twice as long, up to a second and a half. */
const FIRST_WAIT = 20;
const LONGEST_WAIT = 1500;

const plain = (sql: string): Statement => ({ sql, parameters: [] });
const [COMMIT, ROLLBACK] = [plain("commit"), plain("rollback")];

/** A database on a server. Nothing is connected to until the first operation. */
export class ServerDatabase {
  readonly #driver: ServerDriver;
  readonly #prepare: (connection: ServerConnection) => Promise<void>;
  #prepared: Promise<void> | undefined;

  /** `prepare`: what is done once before everything else. */
  constructor(driver: ServerDriver, prepare: (connection: ServerConnection) => Promise<void>) {
    this.#driver = driver;
    this.#prepare = prepare;
  }

  /** What is done before everything else, tried once. */
  async prepare(): Promise<void> {
    await this.#withConnection((connection) => this.#prepare(connection));
    this.#prepared = Promise.resolve();
  }

  /** Runs an operation, all of it or nothing; again where it failed for no fault of its own. `steps` begins it anew. */
  async run<T>(steps: () => Steps<T>, writes: boolean): Promise<T> {
    this.#prepared ??= this.#persist((connection) => this.#prepare(connection));
    await this.#prepared.catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#persist((connection, committing) => this.#transact(connection, steps(), writes, committing));
  }

  close(): Promise<void> {
    return this.#driver.close();
  }

  async #transact<T>(
    connection: ServerConnection,
    steps: Steps<T>,
    writes: boolean,
    committing: () => void,
  ): Promise<T> {
    const { begin } = this.#driver;
    await connection.execute(plain(writes ? begin.write : begin.read));
    const value = await runAsync(steps, (statement) => connection.execute(statement));
    if (writes) committing();
    await connection.execute(COMMIT);
    return value;
  }

  async #persist<T>(act: (connection: ServerConnection, committing: () => void) => Promise<T>): Promise<T> {
    let taken: string | undefined;
    for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait = Math.min(wait * 2, LONGEST_WAIT)) {
      // Whether a commit that is not answered was carried out nobody knows: it is not tried again.
      let isCommitting = false;
      const committing = () => {
        isCommitting = true;
      };
      try {
        return await this.#withConnection((connection) => act(connection, committing));
      } catch (error) {
        const trouble = this.#driver.troubleOf(error);
        const key = trouble === "taken" ? keyIn(error) : undefined;
        // What another process was quicker with is found the next time; what is in the way twice stays there.
        const mayPass = trouble === "again" || (key !== undefined && key !== taken);
        const mayTryAgain = mayPass || (trouble === "lost" && !isCommitting);
        taken = key;
        if (!mayTryAgain || attempt === MOST_ATTEMPTS) throw error;
        await delay(wait * (0.5 + Math.random()));
      }
    }
  }

  async #withConnection<T>(act: (connection: ServerConnection) => Promise<T>): Promise<T> {
    const connection = await this.#driver.connect();
    let isBroken = false;
    try {
      return await act(connection);
    } catch (error) {
      const trouble = this.#driver.troubleOf(error);
      isBroken = trouble === "lost" || trouble === "late" || (await isRefused(connection.execute(ROLLBACK)));
      throw error;
    } finally {
      connection.release(isBroken);
    }
  }
}

const isRefused = (answer: Promise<unknown>): Promise<boolean> =>
  answer.then(
    () => false,
    () => true,
  );

/** The key that is there already: PostgreSQL names it beside its message, MySQL in it. */
const keyIn = (error: unknown): string => {
  const { message, detail = "" } = error as Error & { readonly detail?: string };
  return `${message} ${detail}`;
};
