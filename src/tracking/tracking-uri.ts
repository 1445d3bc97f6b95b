import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  errorCode,
  globalSlot,
  InvalidInputError,
  isDisabled,
  isFileUri,
  isLocalPlace,
  isOffline,
  localPath,
  messages,
  warnOnce,
  withoutCredentials,
} from "../core";
import type { AnyTrackingStore } from "../stores";
import type { RecordingStore } from "./recording-store";

const chosen = globalSlot("tracking-uri", () => ({
  tracking: undefined as string | undefined,
  registry: undefined as string | undefined,
}));

/**
 * Notes where the runs to come are kept.
 * @throws INVALID_PARAMETER_VALUE for what is no string, or names no store that trackbook has.
 */
export function chooseTrackingUri(uri: string): void {
  chosen.tracking = checked("setTrackingUri", uri, (place) => requireStores().openAnyTrackingStore(place));
}

/**
 * Chooses where registered models are kept, when that is not where runs are. An empty string goes back to `MLFLOW_REGISTRY_URI` or
 * the place of the runs.
 *
 * @throws INVALID_PARAMETER_VALUE for what is no string, or names no registry that trackbook has.
 */
export function setRegistryUri(uri: string): void {
  chosen.registry = checked("setRegistryUri", uri, (place) => requireStores().openRegistryStore(place));
}

/** The tracking URI in force, always absolute: the chosen one, else `MLFLOW_TRACKING_URI`, else `./mlruns`, or an `./mlflow.db` that is the only store here. */
export function getTrackingUri(): string {
  return absoluteUri(chosen.tracking || process.env.MLFLOW_TRACKING_URI || defaultUri());
}

/** The registry URI in force: the chosen one, else `MLFLOW_REGISTRY_URI`, else the tracking URI. */
export const getRegistryUri = (): string => chosenRegistry() ?? getTrackingUri();

/** The registry URI for the models of a store: the chosen one, else `MLFLOW_REGISTRY_URI`, else the store's own. */
export const registryUriFor = ({ uri }: AnyTrackingStore): string => chosenRegistry() ?? uri;

function chosenRegistry(): string | undefined {
  const uri = chosen.registry || process.env.MLFLOW_REGISTRY_URI;
  return uri ? absoluteUri(uri) : undefined;
}

/** The stores, loaded when the first is opened and not by `import "trackbook"`. */
export const requireStores = () => require("../stores") as typeof import("../stores");

/** What records into stores that are not on this machine, loaded when the first is. */
const requireSpool = () => require("./spool") as typeof import("./spool");

/** The artifacts, loaded with the first run that has any. */
export const requireArtifacts = () => require("../artifacts") as typeof import("../artifacts");

/** The store that {@link getTrackingUri} names; the same object for the same URI. */
export const currentStore = (): RecordingStore => openCurrent(openRecordingStore);

/** What is behind a wire, and whatever is recorded offline, is recorded into through a spool. */
function openRecordingStore(uri: string): RecordingStore {
  const { openAnyTrackingStore } = requireStores();
  if (isOffline()) return requireSpool().openSpooledStore(openAnyTrackingStore(uri).uri);
  const store = openAnyTrackingStore(uri);
  return store.isRemote ? requireSpool().openSpooledStore(store.uri) : store;
}

/** The same for who reads, and can wait. */
export const currentReadingStore = (): AnyTrackingStore => openCurrent(requireStores().openAnyTrackingStore);

function openCurrent<Store>(open: (uri: string) => Store): Store {
  const uri = getTrackingUri();
  const isFromEnvironment = !chosen.tracking && process.env.MLFLOW_TRACKING_URI;
  if (!isFromEnvironment) return open(uri);
  try {
    return open(uri);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    throw new InvalidInputError(messages.unsupportedEnvironmentUri(uri), { cause });
  }
}

/** Whether runs opened now are kept in `store`. */
export function isCurrentStore(store: RecordingStore): boolean {
  try {
    return currentStore() === store;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
}

/** A store's place as people are shown it: relative to the working directory where it lies below, and without a password. */
export function shortPlace(uri: string): string {
  const database = /^sqlite:\/\/\/(.*)/.exec(uri)?.[1];
  if (database === undefined && !isFileUri(uri)) return withoutCredentials(uri);
  const path = database ?? localPath(uri);
  const cwd = `${process.cwd()}/`;
  return path.startsWith(cwd) ? path.slice(cwd.length) : path;
}

function checked(verb: string, uri: unknown, open: (uri: string) => unknown): string {
  if (typeof uri !== "string")
    throw new InvalidInputError(
      messages.wrongType(
        `The URI of ${verb}`,
        uri,
        "a path or URI, as a string",
        `${verb}("./mlruns") is a call that is right.`,
      ),
    );
  if (uri !== "") open(absoluteUri(uri));
  return uri;
}

/** Words that MLflow takes for a service and not for a folder of that name. */
const SERVICES = /^(databricks|databricks-uc|uc)$/;

/** A path or relative `file:` or `sqlite:` URI as an absolute URI; any other URI as it is. */
export function absoluteUri(uri: string): string {
  if (SERVICES.test(uri)) return `${uri}://`;
  if (!isLocalPlace(uri)) {
    const database = /^(sqlite(?:\+\w+)?:\/\/\/)([^?]+)(.*)$/i.exec(uri);
    return database ? `${database[1]}${resolve(database[2] as string)}${database[3]}` : uri;
  }
  return /^file:\//i.test(uri) ? uri : pathToFileURL(localPath(uri)).href;
}

/** `./mlruns`; or a database that MLflow or trackbook has left here, when `./mlruns` holds no experiment. */
function defaultUri(): string {
  const folder = resolve("mlruns");
  if (isDisabled() || !existsSync("mlflow.db") || holdsExperiments(folder)) return folder;
  try {
    const uri = "sqlite:///mlflow.db";
    requireStores().openTrackingStore(uri);
    return uri;
  } catch (error) {
    if (errorCode(error) !== "MISSING_PACKAGE") throw error;
    warnOnce("mlflow.db", `runs go to ./mlruns, not to the mlflow.db that lies here. ${(error as Error).message}`);
    return folder;
  }
}

function holdsExperiments(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /^\d+$/.test(name) && existsSync(join(folder, name, "meta.yaml")));
  } catch {
    return false;
  }
}
