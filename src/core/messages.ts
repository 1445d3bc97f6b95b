import type { Problem } from "./errors";
import { LIMITS } from "./limits";

const KEY_CHARACTERS = "letters, digits, _ - . space : /";

/** Every message that trackbook's errors carry. Grouped by what they speak of; each returns a {@link Problem}. */
export const messages = {
  // names
  keyNotString: (kind: string, key: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of a ${kind} must be a string.`,
    received: key,
    accepted: `a string of 1 to ${LIMITS.keyLength} characters: ${KEY_CHARACTERS}`,
  }),
  keyTooLong: (kind: string, key: string, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of the ${kind} has ${key.length} characters, ${key.length - limit} too many.`,
    received: key,
    accepted: `at most ${limit} characters`,
    hint: "shorten the name and keep the long form in a tag's value.",
  }),
  keyCharacters: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name.`,
    received: key,
    accepted: KEY_CHARACTERS,
  }),
  keyNotNormalised: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name: names are paths below the run and must be normalised.`,
    received: key,
    accepted: "no '..', no '.', no '//' and no leading or trailing '/'",
  }),
  unknownOption: (verb: string, key: string, accepted: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${verb} has no option "${key}".`,
    received: key,
    accepted: accepted.join(", "),
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  wrongType: (what: string, value: unknown, accepted: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} has the wrong type.`,
    received: value,
    accepted,
    hint,
  }),

  // values
  metricNotNumber: (key: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The value of metric "${key}" is not a number.`,
    received: value,
    accepted: "a number (NaN and ±Infinity included)",
    hint: "logParam keeps text, logDict keeps objects, logTable keeps tables.",
  }),
  badStep: (key: string, step: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The step of metric "${key}" is not a whole number.`,
    received: step,
    accepted: "a safe integer, negative ones included",
  }),
  badTimestamp: (key: string, timestamp: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The timestamp of metric "${key}" is not a time.`,
    received: timestamp,
    accepted: "epoch milliseconds, a whole number ≥ 0",
  }),
  paramChanged: (key: string, runId: string, oldValue: string, newValue: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Changing param values is not allowed. Param with key='${key}' was already logged with value='${oldValue}' for run ID='${runId}'. Attempted logging new value '${newValue}'.`,
    received: newValue,
    accepted: `'${oldValue}' again`,
    hint: "what changes during a run is a metric or a tag; a new value of a hyperparameter wants a new run.",
  }),
  nameLength: (kind: string, name: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name.`,
    received: name,
    accepted: `a string of 1 to ${limit} characters`,
  }),
  valueTooLong: (kind: string, key: string, length: number, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The value of ${kind} "${key}" has ${length} characters.`,
    accepted: `at most ${limit}`,
    hint: "logText keeps long texts as an artifact.",
  }),
  batchTooLarge: (kind: string, count: number, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `A batch logging request can contain at most ${limit} ${kind}. Got ${count} ${kind}.`,
    received: count,
    accepted: `at most ${limit} ${kind} a call`,
    hint: "split the batch; the fluent verbs do this by themselves.",
  }),
  badStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown run status.",
    received: status,
    accepted: accepted.join(", "),
  }),
  badArtifactPath: (path: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid artifact path.",
    received: path,
    accepted: "a normalised relative path below the run's artifacts, with '/'",
  }),
  badPageToken: (token: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid page token.",
    received: token,
    accepted: "the nextPageToken of the page before",
  }),
  badMaxResults: (value: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid maxResults.",
    received: value,
    accepted: `a whole number from 1 to ${limit}`,
  }),
  badFilter: (filter: string, what: string, accepted?: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid filter: ${what}`,
    received: filter,
    accepted,
    hint,
  }),
  badOrderBy: (clause: unknown, what: string, accepted?: string, hint?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid order_by: ${what}`,
    received: clause,
    accepted,
    hint,
  }),

  // runs and experiments
  runNotFound: (runId: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Run with id=${runId} not found.`,
    received: runId,
    accepted: "the id of a run in this tracking store",
  }),
  runDeleted: (runId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    received: runId,
    hint: `restore it first: new TrackingClient().restoreRun("${runId}").`,
  }),
  runEnded: (runId: string, verb: string): Problem => ({
    code: "RUN_ENDED",
    what: `${verb} was called on run ${runId}, which has ended.`,
    received: runId,
    hint: `startRun({ runId: "${runId}" }) opens it again.`,
  }),
  runActive: (runId: string): Problem => ({
    code: "RUN_ACTIVE",
    what: `Run with UUID ${runId} is already active.`,
    received: runId,
    hint: "startRun({ nested: true }) makes a child run; endRun() ends the active one.",
  }),
  parentNotActive: (parentRunId: string, activeRunId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Current run with UUID ${activeRunId} does not match the given parentRunId.`,
    received: parentRunId,
    accepted: activeRunId,
  }),
  experimentMismatch: (runId: string, runExperiment: string, given: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Cannot resume run ${runId}: it belongs to experiment ${runExperiment}, not to ${given}.`,
    received: given,
    accepted: runExperiment,
  }),
  experimentNotFound: (idOrName: string, nearest?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No experiment "${idOrName}" exists.`,
    received: idOrName,
    accepted: "the id or name of an experiment in this tracking store",
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  experimentDeleted: (name: string, experimentId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The experiment "${name}" (${experimentId}) is deleted.`,
    received: name,
    accepted: "an experiment in the 'active' state",
    hint: `restore it: new TrackingClient().restoreExperiment("${experimentId}"), or choose another name.`,
  }),
  experimentExists: (name: string, deleted: boolean): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `An experiment "${name}" exists already${deleted ? ", in the state 'deleted'" : ""}.`,
    received: name,
    hint: deleted ? "restore it, delete it for good from .trash, or choose another name." : "setExperiment(name) uses it.",
  }),
  defaultExperiment: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The default experiment (0) cannot be deleted.",
    received: "0",
  }),
  notFound: (kind: string, id: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No ${kind} "${id}" exists.`,
    received: id,
  }),

  // stores
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
  missingPackage: (what: string, command: string): Problem => ({
    code: "MISSING_PACKAGE",
    what,
    hint: `run ${command}`,
  }),
};
