import type { Problem } from "../errors";
import { withoutCredentials } from "../places";

/** What is said of databases. */
export const databaseMessages = {
  sqliteMissing: (path: string): Problem => ({
    code: "MISSING_PACKAGE",
    what: `Nothing here can open the SQLite database ${path}: this Node has no SQLite of its own, and better-sqlite3 is not installed.`,
    accepted: "Node 22.13 or later, or the package better-sqlite3",
    hint: "run npm install better-sqlite3.",
  }),
  databasePackageMissing: (kind: string, name: string, uri: string): Problem => ({
    code: "MISSING_PACKAGE",
    what: `${kind} databases are reached through the package ${name}, which is not installed.`,
    received: withoutCredentials(uri),
    hint: `run npm install ${name}.`,
  }),
  notADatabaseUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This tracking URI names no database.",
    received: withoutCredentials(uri),
    accepted: "sqlite:///PATH, postgresql://… or mysql://…",
    hint: "name one by --tracking-uri; a folder needs no upgrade.",
  }),
  migratedIntoItself: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Source and target are one store.",
    received: withoutCredentials(uri),
    accepted: "two different stores",
    hint: "--target names another place.",
  }),
  noSuchSource: (place: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: "There is no store at the source; nothing was made.",
    received: withoutCredentials(place),
    accepted: "a folder or database that holds experiments, or the address of a server",
    hint: "look at --source: sqlite:///PATH is relative, sqlite:////PATH absolute.",
  }),
  servedArtifacts: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The source was served, and its server keeps the artifacts (${uri}); nothing was copied.`,
    received: uri,
    accepted: "the place that the server was given for them, a folder or s3: URI, or the running server as the source",
    hint: "add --artifacts-destination ./mlartifacts, or name the server: --source http://HOST:5000.",
  }),
  servedTarget: (experiment: string, uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The target's experiment "${experiment}" has its artifacts with a tracking server (${uri}); nothing was copied.`,
    received: uri,
    accepted: "the running server as the target",
    hint: "start it, and name it: --target http://HOST:5000.",
  }),
  noArtifactsDestination: (place: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: "There is no folder at the artifacts destination; nothing was copied.",
    received: place,
    accepted: "the folder or s3: URI that the source's server keeps artifacts in",
    hint: "it is the server's own --artifacts-destination, ./mlartifacts below the folder where the server was started when it was given none.",
  }),
  garbageElsewhere: (place: string): Problem => ({
    code: "NOT_IMPLEMENTED",
    what: "A tracking server removes nothing for good.",
    received: place,
    accepted: "a folder or a database",
    hint: "run trackbook gc --backend-store-uri STORE, with --artifacts-destination, where the server's store is.",
  }),
  databaseUnreachable: (reason: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `The database server does not answer: ${reason}.`,
    hint: "see that it runs, and that the tracking URI names its host and port.",
  }),
  notAnsweringYet: (seconds: number): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `The database has not answered within ${seconds} seconds.`,
    hint: "see that it runs, and that nobody keeps it locked.",
  }),
  schemaInTheMaking: (place: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `Another process has been making the schema of ${place} for a minute.`,
    hint: "try again when it has ended.",
  }),
  keyTaken: (reason: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The database holds this key already: ${reason}.`,
    accepted: "a key that none of those there is alike to",
    hint: "MySQL takes keys for alike that differ in upper and lower case or accents only: give it another name.",
  }),
  refusedByDatabase: (reason: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The database does not take this value: ${reason}.`,
    accepted: "texts and numbers that fit MLflow's columns",
    hint: "shorten it; error.cause says which column it was for.",
  }),
  notADatabaseOfMlflow: (place: string, why: string): Problem => ({
    code: "INVALID_STATE",
    what: `${place} is no database of MLflow's: ${why}.`,
    received: place,
    accepted: "a new or empty database, or one that trackbook or MLflow made",
    hint: "setTrackingUri() or MLFLOW_TRACKING_URI chooses another place.",
  }),
  unknownSchema: (place: string, revision: string | undefined, known: readonly string[]): Problem => ({
    code: "INVALID_STATE",
    what: `The database ${place} has a schema that trackbook does not know; nothing was written.`,
    received: revision,
    accepted: `the schema of MLflow ${known.join(" or ")}`,
    hint: "an older one is brought up to date by Python's mlflow db upgrade; make a copy of the database first.",
  }),
};
