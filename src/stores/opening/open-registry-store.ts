import { globalSlot, InvalidInputError, isDisabled, isLocalPlace, messages } from "../../core";
import { fileRegistry, resolveRoot } from "../file";
import { emptyRegistry } from "../none";
import { isServer } from "./open-any-tracking-store";
import { openServerStores } from "./open-server-stores";
import { openSqliteStores, openSqliteToServe } from "./open-sqlite-stores";
import { isPlaceOfMlflow } from "./open-tracking-store";
import type { AnyRegistryStore } from "../registry-store";
import { isDatabaseServer } from "../server-address";
import { sqlitePath } from "../sqlite-address";

/** Loaded with the first server that is asked. */
const requireRest = () => require("../rest") as typeof import("../rest");

const opened = globalSlot("registry-stores", () => new Map<string, AnyRegistryStore>());

/**
 * The model registry that a registry URI names: with a path or `file:` URI that of the file store there, with `sqlite:///PATH`,
 * `postgresql://…` and `mysql://…` that of the database, with `http://…` that of a server. The same place gives the same object. Nothing is made by opening.
 *
 * @param options `isServed`: for a server, which others wait for while a database is locked
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that names no registry that trackbook has
 * @example await openRegistryStore("./mlruns").getModelVersionByAlias("wine", "champion");
 */
export function openRegistryStore(
  uri: string,
  { isServed = false }: { readonly isServed?: boolean } = {},
): AnyRegistryStore {
  if (isDisabled() && isPlaceOfMlflow(uri)) return emptyRegistry({ uri });
  if (isServer(uri)) return openServer(uri);
  if (isDatabaseServer(uri)) return openServerStores(uri).registry;
  const database = typeof uri === "string" ? sqlitePath(uri) : undefined;
  if (database !== undefined) return (isServed ? openSqliteToServe : openSqliteStores)(database).registry;
  if (typeof uri !== "string" || uri === "" || !isLocalPlace(uri))
    throw new InvalidInputError(messages.unsupportedRegistryUri(String(uri)));
  const { artifactRoot } = resolveRoot(uri);
  const known = opened.get(artifactRoot);
  if (known) return known;
  const store = fileRegistry({ root: artifactRoot });
  opened.set(artifactRoot, store);
  return store;
}

function openServer(uri: string): AnyRegistryStore {
  const known = opened.get(uri);
  if (known) return known;
  const store = requireRest().restRegistry({ uri });
  opened.set(uri, store);
  return store;
}
