import { showValue, type Problem } from "../errors";

const DOCUMENT = "the server's /openapi.json lists the fields of every request.";

/** What is said of the tracking server and of requests to it. */
export const wireMessages = {
  missingField: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Missing value for required parameter '${path}'.`,
    accepted: "a value that is not empty",
    hint: DOCUMENT,
  }),
  wrongField: (path: string, value: unknown, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid value ${showValue(value)} for parameter '${path}' supplied: Value was of type '${typeWord(value)}'.`,
    accepted,
    hint: DOCUMENT,
  }),
  fieldOutOfRange: (path: string, value: number, least?: number, most?: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid value ${value} for parameter '${path}' supplied.`,
    accepted: [least === undefined ? "" : `at least ${least}`, most === undefined ? "" : `at most ${most}`]
      .filter((bound) => bound !== "")
      .join(", "),
    hint: DOCUMENT,
  }),
  noContentType: (given: string | undefined): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what:
      given === undefined
        ? "Bad Request. Content-Type header is missing."
        : "Bad Request. Content-Type should be one of ['application/json'].",
    received: given,
    accepted: "application/json",
    hint: "send the header content-type: application/json.",
  }),
  badRequestPath: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid path.",
    received: path,
    accepted: "a path without '.' and '..'",
    hint: "write the path of the artifact as the listing has it.",
  }),
  artifactsNotServed: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This server moves no artifacts.",
    accepted: "artifacts at a place that clients reach by themselves",
    hint: "start it with --serve-artifacts, which is the default.",
  }),
  artifactsOutOfReach: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This server does not touch artifacts at this place.",
    received: uri,
    accepted: "places of the store, of --artifacts-destination, of --default-artifact-root and of --artifact-folder",
    hint: "start the server with --artifact-folder and the place, if its clients may read and write there.",
  }),
  badArtifactLocation: (uri: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid artifact location: it can't include fragments or params.",
    received: uri,
    accepted: "a path or URI without '#' and ';', at most 256 characters long",
    hint: "s3://bucket/folder is one; leave it out for the server's own place.",
  }),
  nameTooLong: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "A name is too long for the server's file system.",
    accepted: "names of some 200 characters",
    hint: "shorten the name, or lay it out in folders.",
  }),
  artifactIsFolder: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The artifact "${path}" is a folder.`,
    received: path,
    accepted: "the path of a file",
    hint: "list the folder, and ask for each file in it.",
  }),
  uiFailed: (reason: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The UI could not be started: ${reason === "" ? "its process ended" : reason}.`,
    hint: "openUi() without a port takes any that is free; trackbook ui in a terminal says more.",
  }),
  badPrefix: (text: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no prefix of paths.",
    received: text,
    accepted: "parts of letters, digits, . _ ~ -, each behind a '/'",
    hint: "--static-prefix /mlflow is right.",
  }),
  halfInterval: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "If either start step or end step are specified, both must be specified.",
    accepted: "start_step and end_step, or neither",
    hint: "leave both out for all steps.",
  }),
  unreachableSource: (source: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid model version source: '${source}'.`,
    received: source,
    accepted:
      "a place of its own (s3://…), models:/…, runs:/…, or one among the artifacts of the run or model that is named",
    hint: "send run_id or model_id of the run or model that the files belong to.",
  }),
  badPromptSource: (source: string, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid prompt source: '${source}'.`,
    received: source,
    accepted: accepted.join(", "),
    hint: "a prompt's text is its tag mlflow.prompt.text; it has no files.",
  }),
  noMultipart: (): Problem => ({
    code: "NOT_IMPLEMENTED",
    what: "The artifacts of this server are no place that takes files in parts.",
    hint: "PUT the file whole; it is stored as it comes in, however large it is.",
  }),
};

/** The type of a value of JSON in Python's words, as MLflow's clients know them. */
function typeWord(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return { string: "str", boolean: "bool", object: "dict" }[typeof value as string] ?? typeof value;
}
