import { resolve } from "node:path";
import { errorCode, messages, StoreError, TrackbookError } from "../../core";
import { absoluteLocation } from "../absolute-location";
import type { RegistryStore, RemoteRegistryStore } from "../registry-store";
import type { RemoteTrackingStore, TrackingStore } from "../tracking-store";
import type { AnyOperations, SearchPatience, SqlContext } from "./context";
import { sqliteDialect } from "./dialects";
import { sqliteCode } from "./drivers";
import { ensureDefaultExperiment } from "./experiments";
import { type DatabaseGarbage, GARBAGE_OPERATIONS } from "./garbage";
import { PatientSqlite } from "./patient-sqlite";
import { REGISTRY_OPERATIONS } from "./registry";
import { SqliteConnection } from "./sqlite-connection";
import { TRACKING_OPERATIONS } from "./tracking-operations";

/** Where a SQLite database lies. */
export interface SqliteStoreOptions {
  /** Path of the file. It is made, with the folder around it, by the first operation. */
  readonly path: string;
  /** A path or URI below which experiments keep their artifacts. @default "./mlruns", as MLflow has it */
  readonly artifactRoot?: string;
  /** For tests. @default as much as is best with many runs */
  readonly patience?: SearchPatience;
}

/** A database as a store of runs and as a registry of models. */
export interface SqlStores {
  readonly tracking: TrackingStore;
  readonly registry: RegistryStore;
  readonly garbage: DatabaseGarbage;
  /** Ends the connection; the next operation opens another. */
  close(): void;
}

/** A database in a file that answers with promises. */
export interface PatientStores {
  readonly tracking: RemoteTrackingStore;
  readonly registry: RemoteRegistryStore;
  close(): void;
}

/**
 * A SQLite database in MLflow's schema, for runs and for registered models. Several processes, Python's MLflow among them, may use
 * it at once.
 *
 * @example
 * const { tracking, registry } = sqliteStores({ path: "mlflow.db" });
 * tracking.createExperiment("penguins");
 */
export function sqliteStores(options: SqliteStoreOptions): SqlStores {
  const { context, connection, uri } = databaseOf(options);
  const bind = (operations: object) => bindNow(operations as AnyOperations, context, connection);
  return {
    tracking: { kind: "sqlite", uri, ...(bind(TRACKING_OPERATIONS) as Omit<TrackingStore, "kind" | "uri">) },
    registry: { kind: "sqlite", uri, ...(bind(REGISTRY_OPERATIONS) as Omit<RegistryStore, "kind" | "uri">) },
    garbage: bind(GARBAGE_OPERATIONS) as DatabaseGarbage,
    close: () => connection.close(),
  };
}

/** So long the process does nothing but wait for another's lock, in milliseconds. */
const MOMENT = 20;

/** The same for a server: while another process keeps the database locked, whatever else it is asked goes on. */
export function patientSqliteStores(options: SqliteStoreOptions): PatientStores {
  const { context, connection, uri } = databaseOf(options, MOMENT);
  const database = new PatientSqlite(connection);
  const bind = (operations: object) => bindLater(operations as AnyOperations, context, database);
  const prepare = (): Promise<void> =>
    database.open().catch((error: unknown) => Promise.reject(toStoreError("opening", error)));
  const head = { kind: "sqlite", uri, isRemote: true, prepare } as const;
  return {
    tracking: { ...head, ...(bind(TRACKING_OPERATIONS) as Omit<RemoteTrackingStore, keyof typeof head>) },
    registry: { ...head, ...(bind(REGISTRY_OPERATIONS) as Omit<RemoteRegistryStore, keyof typeof head>) },
    close: () => connection.close(),
  };
}

function databaseOf({ path, artifactRoot = "mlruns", patience }: SqliteStoreOptions, busyTimeout?: number) {
  const file = resolve(path);
  const context: SqlContext = { dialect: sqliteDialect, artifactRoot: absoluteLocation(artifactRoot), patience };
  const connection = new SqliteConnection(file, () => ensureDefaultExperiment(context), busyTimeout);
  return { context, connection, uri: `sqlite:///${file}` };
}

function bindNow(operations: AnyOperations, context: SqlContext, connection: SqliteConnection): unknown {
  const methods = Object.entries(operations).map(([name, { writes, steps }]) => {
    const method = (...args: unknown[]): unknown => {
      try {
        return connection.run(steps(context, ...args), writes);
      } catch (error) {
        throw toStoreError(name, error);
      }
    };
    return [name, method] as const;
  });
  return Object.fromEntries(methods);
}

function bindLater(operations: AnyOperations, context: SqlContext, database: PatientSqlite): unknown {
  const methods = Object.entries(operations).map(([name, { writes, steps }]) => {
    const method = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await database.run(() => steps(context, ...args), writes);
      } catch (error) {
        throw toStoreError(name, error);
      }
    };
    return [name, method] as const;
  });
  return Object.fromEntries(methods);
}

const HINTS: Readonly<Record<string, string>> = {
  SQLITE_FULL: "the disk is full; what was stored before is whole.",
  SQLITE_BUSY: "another process has kept the database locked for 20 seconds.",
  SQLITE_NOTADB: "setTrackingUri() or MLFLOW_TRACKING_URI chooses another place.",
  SQLITE_READONLY: "check the permissions of the database and of the folder around it.",
  SQLITE_CANTOPEN: "check the path and the permissions of the folder.",
  EACCES: "check the permissions of the folder.",
};

function toStoreError(method: string, error: unknown): unknown {
  if (error instanceof TrackbookError) return error;
  const code = sqliteCode(error) || errorCode(error);
  if (code === "") return error;
  const { message } = error as Error;
  return new StoreError(messages.storeFailed(`${method} failed: ${message}.`, HINTS[code]), { cause: error });
}
