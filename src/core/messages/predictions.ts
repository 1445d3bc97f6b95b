import type { Problem } from "../errors";
import { didYouMean } from "./hints";

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

/** A cell's or a row's place, as a sentence begins with it. */
export interface Place {
  /** Absent where columns go by position. */
  readonly column?: string | number;
  /** Counted from 0. */
  readonly row?: number;
  /** Below the cell: `[2].lat`. */
  readonly path?: string;
}

function placeText({ column, row, path = "" }: Place): string {
  const name = typeof column === "number" ? `Column ${column}` : `The column ${JSON.stringify(column ?? "")}`;
  return `${name}${row === undefined ? "" : `, row ${row}`}${path === "" ? "" : ` at ${path}`},`;
}

/** What is said of loading models, and of what they are asked. */
export const predictionMessages = {
  badModelAddress: (
    uri: unknown,
    hint = '"runs:/RUN_ID/model" is the model that a training left on its run.',
  ): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no address of a model.",
    received: uri,
    accepted:
      "a folder, runs:/RUN_ID/NAME, models:/m-ID, models:/NAME/VERSION, models:/NAME/latest, models:/NAME/STAGE or models:/NAME@ALIAS",
    hint,
  }),
  modelNotFound: (uri: string, tried: readonly string[], others: readonly string[] = []): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `There is no model at ${uri}: no MLmodel file in ${tried.join(", nor in ")}.`,
    received: uri,
    hint:
      others.length > 0
        ? `the models there are ${others.slice(0, 20).join(", ")}.`
        : 'saveModel(model, dir) and logModel(model, name) write models; "runs:/RUN_ID/NAME" finds one of a run.',
  }),
  noModelVersion: (uri: string, name: string, stage?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `The registered model "${name}" has no version${stage === undefined ? "" : ` in the stage ${stage}`}.`,
    received: uri,
    hint: `await searchModelVersions({ filter: "name = '${name}'" }) lists them.`,
  }),
  modelNotRestored: (folder: string, reason: string, made: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The model in ${folder} could not be made again: ${reason.replace(/\.$/, "")}.`,
    hint: made === "" ? "error.cause has the reason." : `it was made with ${made}.`,
  }),
  modelNotReady: (uri: string, status: string): Problem => ({
    code: "INVALID_STATE",
    what: `The model ${uri} cannot be loaded: it is ${status}.`,
    received: status,
    accepted: "a model whose files were written whole (READY)",
    hint: "train or log it again.",
  }),
  unreadableMlmodel: (path: string, reason: string): Problem => ({
    code: "DATA_LOSS",
    what: `${path} cannot be read: ${reason}.`,
    received: path,
    hint: "the file was left as it is; logModel(model, name) writes the model anew.",
  }),
  badSignatureText: (part: string, text: unknown, reason: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${part} of this signature cannot be read: ${reason}.`,
    received: text,
    accepted: "JSON as MLflow writes it",
    hint: "declareSignature({ inputs, outputs, params }) makes one that is right.",
  }),
  noLoadableFlavor: (uri: string, flavors: readonly string[], loadable: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The model ${uri} is of a kind that trackbook cannot load.`,
    received: flavors.join(", "),
    accepted: `a model with one of the flavors ${loadable.join(", ")}`,
    hint: flavors.includes("python_function")
      ? `Python loads it: mlflow.pyfunc.load_model("${uri}")`
      : "registerIntegration() makes another library's models known.",
  }),
  missingModelPackage: (name: string, looked: readonly string[], command: string): Problem => ({
    code: "MISSING_PACKAGE",
    what: `This model needs the package ${name}, which is installed in none of ${looked.join(", ")}.`,
    received: name,
    hint: `${command} installs it; TRACKBOOK_NODE_PATH names other folders with packages.`,
  }),
  noInput: (value: unknown, reason: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `What the model is asked ${reason}.`,
    received: value,
    accepted:
      "numbers, arrays, typed arrays, tensors, matrices, or a table as rows [{ a: 1 }, …] or columns { a: [1, …] }",
    hint: "model.signature says what it takes.",
  }),
  missingColumns: (
    missing: readonly string[],
    came: readonly string[],
    accepted: string,
    nearest?: readonly (readonly [string, string])[],
  ): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The model misses ${missing.length > 1 ? "its inputs" : "its input"} ${quoted(missing.slice(0, 20))}.`,
    received: came.slice(0, 20),
    accepted,
    hint: nearest?.length
      ? nearest.map(([extra, name]) => `did you mean "${name}" by "${extra}"?`).join(" ")
      : "model.signature says what it takes.",
  }),
  unnamedForNamed: (came: string, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The model's inputs go by name, and what came has no names.",
    received: came,
    accepted,
    hint: "give rows [{ name: value, … }, …] or columns { name: [value, …], … }.",
  }),
  fewerInputs: (came: number, needed: number, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The model takes ${needed} inputs by position, and ${came} came.`,
    received: came,
    accepted,
    hint: "model.signature says what it takes.",
  }),
  unfitCell: (
    place: Place,
    value: unknown,
    accepted: string,
    hint = "model.signature says what it takes.",
  ): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${placeText(place)} does not hold what the model takes.`,
    received: value,
    accepted,
    hint,
  }),
  unfitColumn: (place: Place, came: string, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${placeText(place)} is of a type that cannot be taken without loss.`,
    received: came,
    accepted,
    hint: "convert the column, or log the model with a signature that declares its type: declareSignature().",
  }),
  missingCell: (place: Place, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${placeText(place)} is missing.`,
    accepted,
    hint: "only an optional column may lack values; the signature says which are: age?: double.",
  }),
  unfitShape: (
    name: string | undefined,
    came: readonly number[],
    accepted: string,
    hint = "model.signature says what it takes.",
  ): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The shape of the input${name === undefined ? "" : ` "${name}"`} is not the model's.`,
    received: [...came],
    accepted,
    hint,
  }),
  unfitElement: (name: string | undefined, index: number, value: unknown, accepted: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Element ${index} of the input${name === undefined ? "" : ` "${name}"`} does not fit.`,
    received: value,
    accepted,
    hint: "model.signature says what it takes.",
  }),
  unknownParam: (name: string, accepted: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The model has no param "${name}".`,
    received: name,
    accepted: accepted.length > 0 ? accepted.join(", ") : "no params: its signature has none",
    hint: didYouMean(
      nearest,
      accepted.length > 0
        ? "leave it out, or give one of those."
        : "inferSignature(input, output, params) gives a signature with params and their defaults.",
    ),
  }),
  unfitParam: (name: string, value: unknown, accepted: string, path = ""): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The param "${name}"${path === "" ? "" : ` at ${path}`} has a value that does not fit.`,
    received: value,
    accepted,
    hint: "leave it out for its default.",
  }),
};
