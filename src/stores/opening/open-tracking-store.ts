import { globalSlot, hasScheme, InvalidInputError, isDisabled, isLocalPlace, messages } from "../../core";
import { fileStore, resolveRoot } from "../file";
import { emptyStore } from "../none";
import { openSqliteStores } from "./open-sqlite-stores";
import { sqlitePath } from "../sqlite-address";
import type { TrackingStore } from "../tracking-store";

const opened = globalSlot("tracking-stores", () => new Map<string, TrackingStore>());

/** How a store is opened. */
export interface OpenStoreOptions {
  /** Where new experiments have their artifacts, each in a folder below: a path or URI. @default with a file store's runs, for databases `./mlruns` */
  readonly artifactRoot?: string;
}

/**
 * The store that a tracking URI names: a path or `file:` URI (`file:relative` too) is a file store, `sqlite:///PATH` a database in
 * MLflow's schema. The same place gives the same object. Nothing is made by opening.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has, StoreError MISSING_PACKAGE where nothing can open it
 * @example openTrackingStore("./mlruns").searchExperiments({});
 */
export function openTrackingStore(uri: string, { artifactRoot: newRoot }: OpenStoreOptions = {}): TrackingStore {
  if (isDisabled()) return openEmpty(uri);
  const database = typeof uri === "string" ? sqlitePath(uri) : undefined;
  if (database !== undefined) return openSqliteStores(database, newRoot).tracking;
  if (typeof uri !== "string" || uri === "" || !isLocalPlace(uri))
    throw new InvalidInputError(messages.unsupportedUri(String(uri)));
  const { artifactRoot } = resolveRoot(uri);
  const key = newRoot === undefined ? artifactRoot : `${artifactRoot} ${newRoot}`;
  const known = opened.get(key);
  if (known) return known;
  const store = fileStore({ root: artifactRoot, artifactRoot: newRoot });
  opened.set(key, store);
  return store;
}

/** Nothing is kept, so any place that MLflow knows is right, also one that trackbook cannot reach. */
function openEmpty(uri: string): TrackingStore {
  const known = opened.get(uri);
  if (known?.kind === "none") return known;
  if (!isPlaceOfMlflow(uri)) throw new InvalidInputError(messages.unsupportedUri(String(uri)));
  const store = emptyStore({ uri: hasScheme(uri) ? uri : resolveRoot(uri).uri });
  opened.set(uri, store);
  return store;
}

/** True for a path, and for a URI with a scheme that MLflow has a store for. */
export const isPlaceOfMlflow = (uri: unknown): boolean =>
  typeof uri === "string" && uri !== "" && (!hasScheme(uri) || MLFLOW_SCHEMES.test(uri));

const MLFLOW_SCHEMES = /^(file|https?|databricks(-uc)?|uc|(sqlite|postgresql|mysql|mssql)(\+\w+)?):/i;
