import type { Problem } from "../errors";

/** What is said of tracking stores and of what they hold. */
export const storeMessages = {
  notFound: (kind: string, id: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No ${kind} "${id}" exists.`,
    received: id,
  }),
  notAStore: (path: string, why: string): Problem => ({
    code: "INVALID_STATE",
    what: `${path} is no MLflow file store: ${why}.`,
    received: path,
    accepted: "a new or empty folder, or one that trackbook or MLflow made",
    hint: "setTrackingUri() or MLFLOW_TRACKING_URI chooses another place.",
  }),
  unsupportedUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This tracking URI names no store that trackbook has.",
    received: uri,
    accepted: "a path or file: URI",
  }),
  corrupt: (path: string, why: string): Problem => ({
    code: "DATA_LOSS",
    what: `${path} cannot be read: ${why}.`,
    received: path,
    hint: "the file was left as it is; everything else in the store can be read.",
  }),
  storeFailed: (what: string, hint?: string): Problem => ({ code: "INTERNAL_ERROR", what, hint }),
  notStored: (count: number, first: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `${count} writes were not stored; the first: ${first}`,
    hint: "error.cause.errors has them all.",
  }),
};
