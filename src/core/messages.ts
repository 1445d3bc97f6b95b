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
  givenTwice: (what: string, one: string, other: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} is given twice, as ${one} and as ${other}.`,
    accepted: "one of the two",
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
  noLocalFile: (path: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "There is no such local file.",
    received: path,
    accepted: "the path of an existing file or folder",
  }),
  notADirectory: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is a file, no folder.",
    received: path,
    accepted: "the path of a folder",
    hint: "logArtifact keeps a single file.",
  }),
  fileEnding: (verb: string, file: string, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${verb} cannot write this kind of file.`,
    received: file,
    accepted: `a name ending in ${accepted}`,
  }),
  badImageKey: (key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid key of an image.",
    received: key,
    accepted: "letters a to z, digits, _ - . space /; or a file name that ends in .png, .jpg or .jpeg",
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
  environmentRunNotFound: (runId: string, uri: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `MLFLOW_RUN_ID names a run that ${uri} does not hold.`,
    received: runId,
    accepted: "the id of a run in this tracking store",
    hint: "unset MLFLOW_RUN_ID, or set MLFLOW_TRACKING_URI to the store of that run.",
  }),
  runDeleted: (runId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    received: runId,
    hint: `restore it first: new TrackingClient().restoreRun("${runId}").`,
  }),
  unknownModel: (model: unknown, libraries: readonly string[], flavor?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: flavor ? `This is no trained model of ${flavor}.` : "This is no model of a library that trackbook knows.",
    received: model,
    accepted: `a trained model of ${libraries.join(", ")}`,
  }),
  noRun: (verb: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `${verb} has no run to speak of: none is active.`,
    hint: "startRun() opens one; the option runId names another.",
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
  noRunToShow: (): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: "There is no run to show: none was begun in this process.",
    accepted: "the id of a run",
    hint: "await showRuns() lists the runs that are stored.",
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
  notStored: (count: number, first: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `${count} writes were not stored; the first: ${first}`,
    hint: "error.cause.errors has them all.",
  }),
  missingPackage: (what: string, command: string): Problem => ({
    code: "MISSING_PACKAGE",
    what,
    hint: `run ${command}`,
  }),

  // files
  keyCollides: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind} "${key}" cannot be kept: names are paths, and one cannot be a file and a folder at once.`,
    received: key,
    accepted: "a name that is no part of another's path, such as a and a/b would be",
  }),
  keyTooLongForDisk: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind}'s name is longer than this file system allows.`,
    received: key,
    accepted: "names whose parts between '/' have at most 255 bytes of UTF-8",
  }),
  duplicateParam: (key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Duplicate parameter keys have been submitted: "${key}".`,
    received: key,
    accepted: "each param once in a batch",
  }),
  runNameMismatch: (runName: string, tag: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Both runName and the tag mlflow.runName are given, with different values ("${runName}" and "${tag}").`,
    received: tag,
    accepted: "one of the two, or the same name twice",
  }),
  badModelName: (name: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid model name.",
    received: name,
    accepted: "a string that is not empty and has none of / : . % \" '",
  }),
  badModelStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown final status of a logged model.",
    received: status,
    accepted: accepted.join(", "),
  }),
  unsupportedArtifactUri: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The artifacts lie at a URI that trackbook cannot reach.",
    received: uri,
    accepted: "a path or file: URI",
  }),
  artifactNotFound: (path: string, root: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No artifact "${path}" exists below ${root}.`,
    received: path,
    hint: "listArtifacts() shows what is there.",
  }),
  artifactOutside: (path: string, root: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The artifact path "${path}" leads out of ${root} by a symbolic link.`,
    received: path,
    accepted: "a path that stays below the artifact root",
  }),
  noSuchFile: (path: string, wanted: "file" | "folder"): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${path} is no ${wanted} that can be read.`,
    received: path,
    accepted: `the path of a ${wanted}`,
    hint: wanted === "file" ? "logArtifacts takes a folder." : "logArtifact takes a single file.",
  }),

  // data and models
  emptySignature: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "A signature needs an input, an output or params.",
    accepted: "inferSignature(input, output?, params?) with at least one of them",
  }),
  noTable: (what: string, value: unknown, reason: "empty" | "no values" | "not data" | "unreadable"): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} ${{ empty: "is empty", "no values": "holds no value", "not data": "is no data", unreadable: "cannot be read" }[reason]}.`,
    received: value,
    accepted: "numbers, arrays, typed arrays, tensors, matrices, or a table as rows [{ a: 1 }, …] or columns { a: [1, …] }",
    hint: reason === "not data" || reason === "unreadable" ? undefined : "give at least one row with a value.",
  }),
  badSignatureParam: (name: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}" of a signature has no type that MLflow knows.`,
    received: value,
    accepted: "a finite number, a string, a boolean, a bigint, a date, a list of one of these, or a plain object",
  }),
  noSuchColumn: (what: string, name: unknown, columns: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} has no column ${JSON.stringify(name)}.`,
    received: name,
    accepted: columns.length > 0 ? columns.slice(0, 20).join(", ") : "a table with named columns",
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  notJson: (what: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} cannot be written as JSON.`,
    received: value,
    accepted: "plain objects, arrays, strings, finite numbers, booleans and null",
  }),
  folderNotEmpty: (path: string): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `${path} exists already and is not empty.`,
    received: path,
    accepted: "a folder that does not exist yet, or is empty",
    hint: "choose another folder, or remove this one first.",
  }),
  modelFolderFailed: (path: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The model could not be written to ${path}; nothing was left there.`,
    received: path,
  }),
  lengthMismatch: (what: string, expected: number, received: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} differ in length.`,
    received,
    accepted: `${expected}, one for each true value`,
  }),

  // command line
  ambiguousId: (kind: string, prefix: string, matches: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${matches.length} ${kind}s have an id that begins so: ${matches.slice(0, 5).join(", ")}${matches.length > 5 ? ", …" : ""}.`,
    received: prefix,
    accepted: "a whole id, or as much of its beginning as no other has",
  }),
  badAge: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no span of time.",
    received: text,
    accepted: "days, hours, minutes and seconds in this order, such as 30d, 8h, 1d2h3m4s",
  }),
  badPair: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no key and value.",
    received: text,
    accepted: "key=value",
  }),
  badCount: (text: string, least: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no count.",
    received: text,
    accepted: `a whole number from ${least} on`,
  }),
  deletedTooLately: (kind: string, ids: readonly string[], age: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Not deleted for ${age} yet: ${kind} ${ids.join(", ")}.`,
    received: ids[0],
    accepted: `${kind}s that were deleted at least ${age} ago`,
  }),
};
