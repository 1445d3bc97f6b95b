import type { ModelVersionStage, ModelVersionStatus, RunStatus, TerminalStatus } from "./entities";
import { nearest } from "./did-you-mean";
import { InvalidInputError } from "./errors";
import { LIMITS } from "./limits";
import { messages } from "./lazy-messages";

// MLflow: mlflow/utils/validation.py, _VALID_PARAM_AND_METRIC_NAMES. \w there is Unicode's.
const KEY = /^[\p{L}\p{N}\p{M}_\-. :/]+$/u;

export type KeyKind = "metric" | "param" | "tag" | "file";

/** Throws unless `key` can name a metric, param or tag: MLflow's characters, normalised, at most 250 long. */
export function validateKey(kind: KeyKind, key: unknown, limit: number = LIMITS.keyLength): asserts key is string {
  if (typeof key !== "string") throw new InvalidInputError(messages.keyNotString(kind, key));
  if (key === "") throw new InvalidInputError(messages.keyEmpty(kind));
  if (!KEY.test(key)) throw new InvalidInputError(messages.keyCharacters(kind, key));
  if (!isNormalisedPath(key)) throw new InvalidInputError(messages.keyNotNormalised(kind, key));
  if (key.length > limit) throw new InvalidInputError(messages.keyTooLong(kind, key, limit));
}

/** True for a relative path with no empty, `.` or `..` part. */
export function isNormalisedPath(path: string): boolean {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Throws unless `path` is a normalised path below the artifact root; `""` (the root itself) only where `allowRoot`. */
export function validateArtifactPath(path: unknown, allowRoot = false): asserts path is string {
  const valid =
    typeof path === "string" &&
    !path.includes("\\") &&
    !path.includes("\0") &&
    !/^[a-zA-Z]:/.test(path) &&
    (path === "" ? allowRoot : isNormalisedPath(path) && isShort(path));
  if (!valid) throw new InvalidInputError(messages.badArtifactPath(path));
}

/** What file systems take of a name, and of a path with some place left for the root. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 3000;

const isShort = (path: string): boolean =>
  Buffer.byteLength(path) <= MAX_PATH_BYTES &&
  path.split("/").every((name) => Buffer.byteLength(name) <= MAX_NAME_BYTES);

export function validateMetricValue(key: string, value: unknown): asserts value is number {
  if (typeof value !== "number") throw new InvalidInputError(messages.metricNotNumber(key, value));
}

export function validateStep(key: string, step: unknown): asserts step is number {
  if (!Number.isSafeInteger(step)) throw new InvalidInputError(messages.badStep(key, step));
}

export function validateTimestamp(key: string, timestamp: unknown): asserts timestamp is number {
  if (!Number.isSafeInteger(timestamp) || (timestamp as number) < 0)
    throw new InvalidInputError(messages.badTimestamp(key, timestamp));
}

/** Throws unless every key of `options` is in `accepted`; the error names the nearest accepted key. */
export function validateOptions(verb: string, options: unknown, accepted: readonly string[]): void {
  if (options === undefined) return;
  if (options === null || typeof options !== "object" || Array.isArray(options))
    throw new InvalidInputError(messages.optionsNotObject(verb, options, accepted));
  for (const key of Object.keys(options)) {
    if (!accepted.includes(key))
      throw new InvalidInputError(messages.unknownOption(verb, key, accepted, nearest(key, accepted)));
  }
}

export function validateRecord(what: string, record: unknown): asserts record is Record<string, unknown> {
  if (record === null || typeof record !== "object" || Array.isArray(record))
    throw new InvalidInputError(messages.notRecord(what, record));
}

/**
 * A param's or tag's value as MLflow keeps it: text. Primitives, dates and bigints by `String`, plain objects and arrays as JSON;
 * a string longer than `limit` is cut (MLFLOW_TRUNCATE_LONG_VALUES=false: an error).
 */
export function toText(kind: "param" | "tag", key: string, value: unknown, limit: number): string {
  // UTF-8 has no half of a surrogate pair: what is stored must be what was asked for, also when it is asked for again.
  const text = stringify(kind, key, value).toWellFormed();
  if (text.length <= limit) return text;
  if (/^(false|0)$/i.test(process.env.MLFLOW_TRUNCATE_LONG_VALUES ?? ""))
    throw new InvalidInputError(messages.valueTooLong(kind, key, text.length, limit));
  return text.slice(0, limit).toWellFormed();
}

function stringify(kind: string, key: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "symbol")
    throw new InvalidInputError(
      messages.wrongType(
        `The value of ${kind} "${key}"`,
        value,
        "text, or what has a text",
        "symbol.description is its text.",
      ),
    );
  if (typeof value === "function") return value.name || "function";
  if (value !== null && typeof value === "object") {
    try {
      const json = JSON.stringify(value);
      if (json !== undefined) return json;
    } catch (cause) {
      throw new InvalidInputError(
        messages.wrongType(
          `The value of ${kind} "${key}"`,
          value,
          "text, or what JSON can hold",
          "logDict(value, file) and logText(text, file) keep what is long.",
        ),
        { cause },
      );
    }
  }
  return String(value);
}

export const RUN_STATUSES: readonly RunStatus[] = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];
export const TERMINAL_STATUSES: readonly TerminalStatus[] = ["FINISHED", "FAILED", "KILLED"];

export function validateStatus<S extends RunStatus>(status: unknown, accepted: readonly S[]): asserts status is S {
  if (!accepted.includes(status as S)) throw new InvalidInputError(messages.badStatus(status, accepted));
}

export const MODEL_VERSION_STAGES: readonly ModelVersionStage[] = ["None", "Staging", "Production", "Archived"];
export const MODEL_VERSION_STATUSES: readonly ModelVersionStatus[] = [
  "PENDING_REGISTRATION",
  "FAILED_REGISTRATION",
  "READY",
];

/** The stage under MLflow's name, in whatever case it was given. @throws INVALID_PARAMETER_VALUE */
export function toModelVersionStage(stage: unknown): ModelVersionStage {
  const found = MODEL_VERSION_STAGES.find((known) => known.toLowerCase() === String(stage).toLowerCase());
  if (typeof stage === "string" && found) return found;
  const near = typeof stage === "string" ? nearest(stage, MODEL_VERSION_STAGES) : undefined;
  throw new InvalidInputError(messages.badStage(stage, MODEL_VERSION_STAGES, near));
}
