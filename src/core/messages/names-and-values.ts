import type { Problem } from "../errors";
import { LIMITS } from "../limits";
import { didYouMean, exampleOf, normalisedPath, withoutCharacters } from "./hints";

const KEY_CHARACTERS = "letters, digits, _ - . space : /";

/** What is said of the names and values of metrics, params, tags and other things. */
export const nameAndValueMessages = {
  keyNotString: (kind: string, key: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of a ${kind} must be a string.`,
    received: key,
    accepted: `a string of 1 to ${LIMITS.keyLength} characters: ${KEY_CHARACTERS}`,
    hint: `${exampleOf(kind)} is a call that is right.`,
  }),
  keyEmpty: (kind: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The name of a ${kind} must not be empty.`,
    received: "",
    accepted: `a string of 1 to ${LIMITS.keyLength} characters: ${KEY_CHARACTERS}`,
    hint: `${exampleOf(kind)} is a call that is right.`,
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
    hint: didYouMean(
      withoutCharacters(key, /[^\p{L}\p{N}\p{M}_\-. :/]/gu),
      `${exampleOf(kind)} is a call that is right.`,
    ),
  }),
  keyNotNormalised: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name: names are paths below the run and must be normalised.`,
    received: key,
    accepted: "no '..', no '.', no '//' and no leading or trailing '/'",
    hint: didYouMean(normalisedPath(key), `${exampleOf(kind)} is a call that is right.`),
  }),
  nameLength: (kind: string, name: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Invalid ${kind} name.`,
    received: name,
    accepted: `a string of 1 to ${limit} characters`,
    hint:
      typeof name === "string" && name.length > limit
        ? "shorten the name and keep the long form in a tag's value."
        : `${exampleOf(kind)} is right.`,
    ...(kind === "experiment" &&
      name === "" && { commandHint: "`trackbook experiments create -n penguins` is right." }),
  }),
  badImageKey: (key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid key of an image.",
    received: key,
    accepted: "letters a to z, digits, _ - . space /; or a file name that ends in .png, .jpg or .jpeg",
    hint: didYouMean(withoutCharacters(key, /[^a-zA-Z0-9_\-./ ]/g), 'logImage(image, "sample.png") keeps a file.'),
  }),
  badModelName: (name: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid model name.",
    received: name,
    accepted: "a string that is not empty and has none of / : . % \" '",
    hint: didYouMean(withoutCharacters(name, /[/:.%"']/g), '"model" is the name that most have.'),
  }),
  keyCollides: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind} "${key}" cannot be kept: names are paths, and one cannot be a file and a folder at once.`,
    received: key,
    accepted: "a name that is no part of another's path, such as a and a/b would be",
    hint: `"${key.includes("/") ? key.replaceAll("/", "_") : `${key}_`}" can be kept beside it.`,
  }),
  keyTooLongForDisk: (kind: string, key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The ${kind}'s name is longer than this file system allows.`,
    received: key,
    accepted: "names whose parts between '/' have at most 255 bytes of UTF-8",
    hint: "shorten the name and keep the long form in a tag's value.",
  }),
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
    hint: `logMetric(${JSON.stringify(key)}, value, { step: 3 }) counts epochs or batches; a time goes into timestamp.`,
  }),
  badTimestamp: (key: string, timestamp: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The timestamp of metric "${key}" is not a time.`,
    received: timestamp,
    accepted: "epoch milliseconds, a whole number ≥ 0",
    hint: "Date.now() is one; date.getTime() makes one of a Date.",
  }),
  paramChanged: (key: string, runId: string, oldValue: string, newValue: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Changing param values is not allowed. Param with key='${key}' was already logged with value='${oldValue}' for run ID='${runId}'. Attempted logging new value '${newValue}'.`,
    received: newValue,
    accepted: `'${oldValue}' again`,
    hint: "what changes during a run is a metric or a tag; a new value of a hyperparameter wants a new run.",
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
  duplicateParam: (key: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Duplicate parameter keys have been submitted: "${key}".`,
    received: key,
    accepted: "each param once in a batch",
    hint: "what has several values during a run is a metric.",
  }),
};
