import type { Problem } from "../errors";

/** What is said of databases. */
export const databaseMessages = {
  sqliteMissing: (path: string): Problem => ({
    code: "MISSING_PACKAGE",
    what: `Nothing here can open the SQLite database ${path}: this Node has no SQLite of its own, and better-sqlite3 is not installed.`,
    accepted: "Node 22.13 or later, or the package better-sqlite3",
    hint: "run npm install better-sqlite3.",
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
