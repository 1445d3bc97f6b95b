import type { Problem } from "../errors";

/** What is said of the values of metrics, params and tags. */
export const valueMessages = {
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
  }),
};
