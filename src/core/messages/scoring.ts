import type { Problem } from "../errors";

/** Fields of which a request has exactly one. */
const FIELDS = "dataframe_split, dataframe_records, instances, inputs";

/** What is said of requests to a served model. */
export const scoringMessages = {
  notJsonBody: (reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `Invalid input. The body is not valid JSON: ${reason}.`,
    accepted: `a JSON object with exactly one of ${FIELDS}`,
    hint: '{"inputs": [[1, 2]]} with the content type application/json is a request that is right.',
  }),
  notUtf8: (): Problem => ({
    code: "BAD_REQUEST",
    what: "Invalid input. The body is not valid UTF-8.",
    accepted: "text in UTF-8",
    hint: "encode the body as UTF-8, and leave a charset out of the content type.",
  }),
  nestedTooDeep: (limit: number): Problem => ({
    code: "BAD_REQUEST",
    what: "Invalid input. The body is nested too deep.",
    accepted: `at most ${limit} levels`,
    hint: "lists of numbers as deep as the model's input has dimensions are enough.",
  }),
  notOneField: (fields: readonly string[]): Problem => ({
    code: "BAD_REQUEST",
    what: "The input must be a JSON object with exactly one of the input fields.",
    received: fields.slice(0, 20),
    accepted: `exactly one of ${FIELDS}, and optionally params`,
    hint: '{"inputs": [[1, 2]]} is a request that is right.',
  }),
  notAnObject: (value: unknown): Problem => ({
    code: "BAD_REQUEST",
    what: "Invalid input. The input must be a JSON object.",
    received: value,
    accepted: `an object with exactly one of ${FIELDS}, and optionally params`,
    hint: '{"inputs": [[1, 2]]} is a request that is right.',
  }),
  badFrame: (field: string, reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `Invalid input. ${field === "the table" ? "The table does not fit" : `What ${field} holds is no table`}: ${reason}.`,
    accepted:
      field === "dataframe_split"
        ? "an object with data, [[value, …], …], and optionally columns, [name, …], and index"
        : "a list of records, [{ name: value, … }, …], or of lists",
    hint: '{"dataframe_split": {"columns": ["a"], "data": [[1], [2]]}} is a request that is right.',
  }),
  badCsv: (reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `The body could not be read as CSV: ${reason}.`,
    accepted: "a line of column names, then a line for each row",
    hint: "quote values that hold commas, and give each line as many as the first.",
  }),
  badCell: (where: string, type: string, value: unknown, reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `Invalid input. ${where} cannot be taken as ${type}: ${reason}.`,
    received: value,
    accepted: type,
    hint: "the model's signature, in its MLmodel file, says the type of each input.",
  }),
  ragged: (where: string): Problem => ({
    code: "BAD_REQUEST",
    what: `Invalid input. The lists of ${where} differ in length or depth.`,
    accepted: "lists of equal length on each level, at most 64 levels deep",
    hint: "fill up the shorter lists, or send one request for each.",
  }),
  unequalLengths: (lengths: Readonly<Record<string, number>>): Problem => ({
    code: "BAD_REQUEST",
    what: "Invalid input. The inputs differ in length.",
    received: lengths,
    accepted: "as many values for each input",
    hint: "give each input one value, or list, for each row.",
  }),
  notOneValue: (value: unknown): Problem => ({
    code: "BAD_REQUEST",
    what: "Invalid input. This model's input has no name: it takes one array or one value.",
    received: value,
    accepted: "a list, or a single value",
    hint: '{"inputs": [[1, 2]]} is a request that is right.',
  }),
  missingInputs: (missing: readonly string[], extra: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The model is missing inputs ${missing.map((name) => JSON.stringify(name)).join(", ")}.`,
    ...(extra.length > 0 ? { received: extra.slice(0, 20) } : {}),
    accepted: "every input that the model's signature requires",
    hint:
      extra.length > 0
        ? "what was received is no input of this model."
        : "the model's signature, in its MLmodel file, lists its inputs.",
  }),
  fewColumns: (received: number, expected: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The model is missing inputs; they have no names, so only their number is known.",
    received,
    accepted: `at least ${expected} columns`,
    hint: "the model's signature, in its MLmodel file, says how many it takes.",
  }),
  doubledInput: (name: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The input ${JSON.stringify(name)} is given more than once.`,
    received: name,
    accepted: "each column once",
    hint: "leave one of the two out.",
  }),
  badShape: (where: string, received: readonly number[], expected: readonly number[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The shape of ${where} does not match.`,
    received: [...received],
    accepted: `[${expected.join(", ")}]${expected.includes(-1) ? ", −1 being any length" : ""}`,
    hint: "the model's signature, in its MLmodel file, says the shape of each input.",
  }),
  unfitInput: (what: string, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what,
    accepted,
    hint: "the model's signature, in its MLmodel file, says what it takes.",
  }),
  badParams: (value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The params of a request must be an object.",
    received: value,
    accepted: "{ name: value, … }",
    hint: '{"inputs": [[1, 2]], "params": {"temperature": 0.5}} is a request that is right.',
  }),
  badParam: (name: string, value: unknown, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param ${JSON.stringify(name)} has a value of the wrong type.`,
    received: value,
    accepted,
    hint: "leave it out for its default.",
  }),
  modelFailed: (reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `The model failed on this input: ${reason}`,
    hint: "check that the input is what the model takes.",
  }),
  unwritableAnswer: (reason: string): Problem => ({
    code: "BAD_REQUEST",
    what: `What the model answered cannot be written as JSON: ${reason}.`,
    hint: "predict may answer numbers, text, lists and objects of these.",
  }),
  bodyTooLarge: (limit: number): Problem => ({
    code: "BAD_REQUEST",
    what: "The body is too large.",
    accepted: `at most ${limit.toLocaleString("en")} bytes`,
    hint: "send the rows in several requests, or serve with a larger --body-limit.",
  }),
  abortedBody: (): Problem => ({
    code: "BAD_REQUEST",
    what: "The body ended before it was whole.",
    hint: "send the request again.",
  }),
};
