import type { Problem } from "../errors";
import { withoutCredentials } from "../places";
import { didYouMean, listingOf, normalisedPath } from "./hints";

const STORES = "a path, a file: URI, sqlite:///PATH, postgresql://…, mysql://… or a server's http(s)://…";

/** What is said of tracking stores, of artifacts and of the local files that become artifacts. */
export const storeAndFileMessages = {
  notFound: (kind: string, id: string, hint: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No ${kind} "${id}" exists.`,
    received: id,
    hint,
    commandHint: listingOf(kind),
  }),
  keptNowhere: (kind: string, id: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No ${kind} "${id}" exists: nothing is kept while trackbook is disabled.`,
    received: id,
    hint: "unset TRACKBOOK_MODE to record and to read what is recorded.",
  }),
  notAStore: (path: string, why: string): Problem => ({
    code: "INVALID_STATE",
    what: `${path} is no MLflow file store: ${why}.`,
    received: path,
    accepted: "a new or empty folder, or one that trackbook or MLflow made",
    hint: "setTrackingUri() or MLFLOW_TRACKING_URI chooses another place.",
    commandHint: "--tracking-uri or MLFLOW_TRACKING_URI chooses another place.",
  }),
  noPlaceForFolder: (path: string): Problem => ({
    code: "INVALID_STATE",
    what: `The folder ${path} cannot be made: this file system keeps no new folders there.`,
    received: path,
    accepted: "a place below a folder that can be written",
    hint: "setTrackingUri() or MLFLOW_TRACKING_URI chooses another place.",
    commandHint: "--tracking-uri or MLFLOW_TRACKING_URI chooses another place.",
  }),
  unsupportedUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This tracking URI names no store that trackbook has.",
    received: withoutCredentials(uri),
    accepted: STORES,
    hint: 'setTrackingUri("./mlruns") keeps the runs in a folder.',
    commandHint: "--tracking-uri ./mlruns names a folder.",
  }),
  unsupportedRegistryUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This registry URI names no model registry that trackbook has.",
    received: withoutCredentials(uri),
    accepted: STORES,
    hint: "setRegistryUri() or MLFLOW_REGISTRY_URI chooses another place; without either, models are registered where runs are kept.",
  }),
  unsupportedEnvironmentUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "MLFLOW_TRACKING_URI names no store that trackbook has.",
    received: withoutCredentials(uri),
    accepted: STORES,
    hint: 'setTrackingUri("./mlruns") keeps the runs here whatever the variable says.',
    commandHint: "--tracking-uri ./mlruns names a folder.",
  }),
  corrupt: (path: string, why: string): Problem => ({
    code: "DATA_LOSS",
    what: `${path} cannot be read: ${why}.`,
    received: path,
    hint: "the file was left as it is; everything else in the store can be read.",
  }),
  storeFailed: (
    what: string,
    hint = "error.cause has the reason; the command trackbook doctor examines the store.",
  ): Problem => ({ code: "INTERNAL_ERROR", what, hint }),
  notStored: (count: number, first: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `${count} writes were not stored; the first: ${first}`,
    hint: "error.cause.errors has them all.",
  }),
  badArtifactPath: (path: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid artifact path.",
    received: path,
    accepted: "a normalised relative path below the run's artifacts, with '/', no name longer than 255 bytes",
    hint: didYouMean(
      typeof path === "string" ? normalisedPath(path) : undefined,
      'logText(text, "notes/first.md") keeps a file in the folder notes.',
    ),
    commandHint: didYouMean(
      typeof path === "string" ? normalisedPath(path) : undefined,
      "notes/first.md is such a path.",
    ),
  }),
  noLocalFile: (path: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "There is no such local file.",
    received: path,
    accepted: "the path of an existing file or folder",
    hint: "relative paths begin at process.cwd(); logText(text, file) and logDict(value, file) need no local file.",
    commandHint: "relative paths begin at the folder that the command is run in.",
  }),
  notADirectory: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is a file, no folder.",
    received: path,
    accepted: "the path of a folder",
    hint: "logArtifact keeps a single file.",
    commandHint: "`trackbook artifacts log-artifact` keeps a single file.",
  }),
  fileEnding: (verb: string, file: string, endings: readonly [string, ...string[]]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${verb} cannot write this kind of file.`,
    received: file,
    accepted: `a name ending in ${endings.join(", ")}`,
    hint: didYouMean(file.replace(/(\.\w+)?$/, endings[0]), ""),
  }),
  unsupportedArtifactUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The artifacts lie at a URI that trackbook cannot reach.",
    received: withoutCredentials(uri),
    accepted: "a path, or a URI that begins with file:, mlflow-artifacts:, http:, https: or s3:",
    hint: "Python's mlflow artifacts download --artifact-uri fetches them.",
  }),
  artifactsBehindServer: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "These artifacts are in the keeping of a tracking server, and none was asked for them.",
    received: withoutCredentials(uri),
    accepted: "the server's own address as the tracking URI",
    hint: "--tracking-uri http://HOST:5000 names the running server in place of the database or folder behind it.",
  }),
  artifactNotFound: (path: string, root: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No artifact "${path}" exists below ${root}.`,
    received: path,
    hint: "listArtifacts() shows what is there.",
    commandHint: "`trackbook artifacts list` shows what is there.",
  }),
  artifactOutside: (path: string, root: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The artifact path "${path}" leads out of ${root} by a symbolic link.`,
    received: path,
    accepted: "a path that stays below the artifact root",
    hint: "logArtifact(path) keeps a copy of what the link leads to.",
  }),
};
