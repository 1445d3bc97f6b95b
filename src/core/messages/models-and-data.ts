import { nearest } from "../did-you-mean";
import type { Problem } from "../errors";
import { didYouMean } from "./hints";

/** What is said of models, the folders they are saved in, and the data they learn from or are measured on. */
export const modelAndDataMessages = {
  unknownModel: (model: unknown, libraries: readonly string[], flavor?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: flavor ? `This is no trained model of ${flavor}.` : "This is no model of a library that trackbook knows.",
    received: model,
    accepted: `a trained model of ${libraries.join(", ")}`,
    hint: flavor
      ? "train the model first, or leave the option flavor out."
      : 'a model of your own is logged as the module that makes it, logModel({ module: "./model.mjs" }, name); registerIntegration() makes another library\'s models known.',
  }),
  badModelStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown final status of a logged model.",
    received: status,
    accepted: accepted.join(", "),
    hint: didYouMean(nearest(String(status), accepted), "a model that can be loaded is READY."),
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
    hint: "error.cause has the reason; saveModel(model, dir) may be given another folder.",
  }),
  emptySignature: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "A signature needs an input, an output or params.",
    accepted: "inferSignature(input, output?, params?) with at least one of them",
    hint: "inferSignature([[1, 2]], [3]) is a call that is right.",
  }),
  noTable: (what: string, value: unknown, reason: "empty" | "no values" | "not data" | "unreadable"): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} ${{ empty: "is empty", "no values": "holds no value", "not data": "is no data", unreadable: "cannot be read" }[reason]}.`,
    received: value,
    accepted:
      "numbers, arrays, typed arrays, tensors, matrices, a table as rows [{ a: 1 }, …] or columns { a: [1, …] }, or one of Apache Arrow or Danfo.js",
    hint: {
      empty: "give at least one row with a value.",
      "no values": "give at least one row with a value.",
      "not data": "[{ a: 1, b: 2 }, …] is a table with two columns.",
      unreadable: "await tensor.array() makes plain rows of a tensor that is not disposed.",
    }[reason],
  }),
  badSignatureParam: (name: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}" of a signature has no type that MLflow knows.`,
    received: value,
    accepted: "a finite number, a string, a boolean, a bigint, a date, a list of one of these, or a plain object",
    hint: "JSON.stringify(value) makes a string of it.",
  }),
  badParamType: (name: string, type: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}" of a signature cannot have this type.`,
    received: type,
    accepted: "boolean, integer, long, float, double, string, datetime, a list such as double[], or { name: type, … }",
    hint: '{ temperature: { type: "double", default: 0.7 } } declares one.',
  }),
  badParamDefault: (name: string, type: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The default of the param "${name}" is no ${type}.`,
    received: value,
    accepted: type.endsWith("[]") ? `a list of ${type.slice(0, -2)}` : `a ${type}, or null`,
    hint: "leave the default out, or declare the type of the value that was given.",
  }),
  badTypeText: (what: string, text: unknown, types: readonly string[], near?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} of a signature has a type that cannot be read.`,
    received: text,
    accepted: `${types.join(", ")}; with ? where it may be missing; lists such as double[]; { name: type, … }; tensors such as float32[-1, 4]`,
    hint: didYouMean(near, '"double" is any number, "string" any text.'),
  }),
  badSchema: (what: string, declaration: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${what}s of a signature must be columns, tensors with names, or one tensor.`,
    received: declaration,
    accepted:
      '{ age: "integer", name: "string?" }, ["double", "string"], { image: "float32[-1, 28, 28]" } or "float32[-1, 4]"',
    hint: 'declareSignature({ inputs: { age: "double" }, outputs: "double" }) is right.',
  }),
  noSuchColumn: (what: string, name: unknown, columns: readonly string[], near?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} has no column ${JSON.stringify(name)}.`,
    received: name,
    accepted: columns.length > 0 ? columns.slice(0, 20).join(", ") : "a table with named columns",
    hint: didYouMean(near, "rows such as { a: 1, b: 2 } name their columns."),
  }),
  notJson: (what: string, value: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} cannot be written as JSON.`,
    received: value,
    accepted: "plain objects, arrays, strings, finite numbers, booleans and null",
    hint: "JSON.stringify(value) must not fail: take out functions, bigints and objects that hold themselves.",
  }),
  lengthMismatch: (what: string, expected: number, received: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what} differ in length.`,
    received,
    accepted: `${expected}, one for each true value`,
    hint: "predict from the same rows that the true values belong to.",
  }),
};
