import { messages, StoreError, TrackbookError, withoutCredentials } from "../../core";
import { hidePassword, withPassword } from "../../core/credentials";
import { absoluteLocation } from "../absolute-location";
import type { RemoteRegistryStore } from "../registry-store";
import type { Remote } from "../remote";
import type { RemoteTrackingStore } from "../tracking-store";
import type { AnyOperations, SearchPatience, SqlContext } from "./context";
import { mysqlDialect, postgresqlDialect } from "./dialects";
import { mysqlDriver, postgresqlDriver, type ServerDriver } from "./drivers";
import { ensureDefaultExperiment } from "./experiments";
import { type DatabaseGarbage, GARBAGE_OPERATIONS } from "./garbage";
import { REGISTRY_OPERATIONS } from "./registry";
import { MYSQL_SCHEMA, POSTGRESQL_SCHEMA, prepareServerSchema } from "./schema";
import { ServerDatabase } from "./server-database";
import { serverPlace } from "./server-place";
import { runAsync } from "./steps";
import { TRACKING_OPERATIONS } from "./tracking-operations";

/** A database on a server. */
export interface ServerStoreOptions {
  /** `postgresql://user:password@host:port/database` or `mysql://…`; a driver of SQLAlchemy's in the scheme is ignored. */
  readonly uri: string;
  /** A path or URI below which experiments keep their artifacts. @default "./mlruns", as MLflow has it */
  readonly artifactRoot?: string;
  /** How long an answer is waited for, in milliseconds; 0: as long as it takes. @default two minutes */
  readonly answerWithin?: number;
  /** For tests. @default as much as is best with many runs */
  readonly patience?: SearchPatience;
}

/** A database on a server as a store of runs and as a registry of models. */
export interface ServerStores {
  readonly tracking: RemoteTrackingStore;
  readonly registry: RemoteRegistryStore;
  readonly garbage: Remote<DatabaseGarbage>;
  /** Ends the connections. */
  close(): Promise<void>;
}

const KINDS = {
  postgresql: { dialect: postgresqlDialect, driver: postgresqlDriver, schema: POSTGRESQL_SCHEMA },
  mysql: { dialect: mysqlDialect, driver: mysqlDriver, schema: MYSQL_SCHEMA },
} as const;

/**
 * A PostgreSQL, MySQL or MariaDB database in MLflow's schema, for runs and for registered models. Any number of processes, Python's
 * MLflow among them, may use it at once. Nothing is connected to by opening it.
 *
 * @throws MISSING_PACKAGE where the package for this kind of database is not installed
 * @example
 * const { tracking } = serverStores({ uri: "postgresql://me@localhost/mlflow" });
 * await tracking.createExperiment("penguins");
 */
export function serverStores({
  uri,
  artifactRoot = "mlruns",
  answerWithin,
  patience,
}: ServerStoreOptions): ServerStores {
  const { kind, place } = serverPlace(withPassword(uri));
  const { dialect, driver: open, schema } = KINDS[kind];
  const context: SqlContext = { dialect, artifactRoot: absoluteLocation(artifactRoot), patience };
  const driver = open(place, { answerWithin });
  const database = new ServerDatabase(driver, async (connection) => {
    await prepareServerSchema(connection, schema, withoutCredentials(place));
    await runAsync(ensureDefaultExperiment(context), (statement) => connection.execute(statement));
  });
  const bind = (operations: object) => bindLater(operations as AnyOperations, context, database, driver);
  const prepare = (): Promise<void> =>
    database.prepare().catch((error: unknown) => Promise.reject(toStoreError("connecting", error, driver)));
  const head = { kind, uri: hidePassword(place), isRemote: true, prepare } as const;
  return {
    tracking: { ...head, ...(bind(TRACKING_OPERATIONS) as Omit<RemoteTrackingStore, keyof typeof head>) },
    registry: { ...head, ...(bind(REGISTRY_OPERATIONS) as Omit<RemoteRegistryStore, keyof typeof head>) },
    garbage: bind(GARBAGE_OPERATIONS) as Remote<DatabaseGarbage>,
    close: () => database.close(),
  };
}

function bindLater(operations: AnyOperations, context: SqlContext, database: ServerDatabase, driver: ServerDriver) {
  const methods = Object.entries(operations).map(([name, { writes, steps }]) => {
    const method = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await database.run(() => steps(context, ...args), writes);
      } catch (error) {
        throw toStoreError(name, error, driver);
      }
    };
    return [name, method] as const;
  });
  return Object.fromEntries(methods) as unknown;
}

function toStoreError(method: string, error: unknown, driver: ServerDriver): unknown {
  if (error instanceof TrackbookError) return error;
  const { message } = error as Error;
  const trouble = driver.troubleOf(error);
  if (trouble === "input") return new StoreError(messages.refusedByDatabase(message), { cause: error });
  if (trouble === "taken") return new StoreError(messages.keyTaken(message), { cause: error });
  if (trouble === "lost" || trouble === "late")
    return new StoreError(messages.databaseUnreachable(message), { cause: error });
  return new StoreError(messages.storeFailed(`${method} failed: ${message}.`), { cause: error });
}
