import type { Problem } from "../errors";

/** What is said of models, the folders they are saved in, and the data they learn from or are measured on. */
export const modelAndDataMessages = {
  unknownModel: (model: unknown, libraries: readonly string[], flavor?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: flavor ? `This is no trained model of ${flavor}.` : "This is no model of a library that trackbook knows.",
    received: model,
    accepted: `a trained model of ${libraries.join(", ")}`,
  }),
  badModelStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown final status of a logged model.",
    received: status,
    accepted: accepted.join(", "),
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
  emptySignature: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "A signature needs an input, an output or params.",
    accepted: "inferSignature(input, output?, params?) with at least one of them",
  }),
  noTable: (what: string, value: unknown, reason: "empty" | "no values" | "not data" | "unreadable"): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} ${{ empty: "is empty", "no values": "holds no value", "not data": "is no data", unreadable: "cannot be read" }[reason]}.`,
    received: value,
    accepted:
      "numbers, arrays, typed arrays, tensors, matrices, a table as rows [{ a: 1 }, …] or columns { a: [1, …] }, or one of Apache Arrow or Danfo.js",
    hint: reason === "not data" || reason === "unreadable" ? undefined : "give at least one row with a value.",
  }),
  badSignatureParam: (name: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}" of a signature has no type that MLflow knows.`,
    received: value,
    accepted: "a finite number, a string, a boolean, a bigint, a date, a list of one of these, or a plain object",
  }),
  badParamType: (name: string, type: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}" of a signature cannot have this type.`,
    received: type,
    accepted: "boolean, integer, long, float, double, string, datetime, a list such as double[], or { name: type, … }",
  }),
  badParamDefault: (name: string, type: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The default of the param "${name}" is no ${type}.`,
    received: value,
    accepted: type.endsWith("[]") ? `a list of ${type.slice(0, -2)}` : `a ${type}, or null`,
  }),
  badTypeText: (what: string, text: unknown, types: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} of a signature has a type that cannot be read.`,
    received: text,
    accepted: `${types.join(", ")}; with ? where it may be missing; lists such as double[]; { name: type, … }; tensors such as float32[-1, 4]`,
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  badSchema: (what: string, declaration: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${what}s of a signature must be columns, tensors with names, or one tensor.`,
    received: declaration,
    accepted:
      '{ age: "integer", name: "string?" }, ["double", "string"], { image: "float32[-1, 28, 28]" } or "float32[-1, 4]"',
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
  lengthMismatch: (what: string, expected: number, received: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} differ in length.`,
    received,
    accepted: `${expected}, one for each true value`,
  }),
};
