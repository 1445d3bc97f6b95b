import { globalSlot, isDisabled } from "../../core";
import { openServerStores } from "./open-server-stores";
import { openTrackingStore, type OpenStoreOptions } from "./open-tracking-store";
import { openSqliteToServe } from "./open-sqlite-stores";
import { isDatabaseServer } from "../server-address";
import { sqlitePath } from "../sqlite-address";
import type { AnyTrackingStore, RemoteTrackingStore } from "../tracking-store";

/** Loaded with the first server that is asked. */
const requireRest = () => require("../rest") as typeof import("../rest");

const opened = globalSlot("remote-tracking-stores", () => new Map<string, RemoteTrackingStore>());

/** How a store of either kind is opened. */
export interface OpenAnyStoreOptions extends OpenStoreOptions {
  /** For a server, which others wait for while a store is locked: a SQLite database answers with promises then. @default false */
  readonly isServed?: boolean;
}

/**
 * The store that a tracking URI names, whether it answers at once or with promises: `http://…` and `https://…` are tracking servers,
 * `postgresql://…` and `mysql://…` databases in MLflow's schema.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has
 * @example await openAnyTrackingStore(uri).getExperiment("0");
 */
export function openAnyTrackingStore(uri: string, options: OpenAnyStoreOptions = {}): AnyTrackingStore {
  if (isDisabled()) return openTrackingStore(uri);
  const database = options.isServed ? sqlitePath(uri) : undefined;
  if (database !== undefined) return openSqliteToServe(database, options.artifactRoot).tracking;
  if (isDatabaseServer(uri)) return openServerStores(uri, options.artifactRoot).tracking;
  if (!isServer(uri)) return openTrackingStore(uri, options);
  const known = opened.get(uri);
  if (known) return known;
  const store = requireRest().restStore({ uri });
  opened.set(uri, store);
  return store;
}

/** Whether a URI is that of a tracking server. */
export const isServer = (uri: unknown): uri is string => typeof uri === "string" && /^https?:\/\/[^/]/i.test(uri);
