import { types } from "node:util";
import { messages } from "../../core";
import { RefusedRequest } from "../refused-request";

/**
 * The text of an answer: numbers that JSON has no form for are `null`, bigints whole numbers, typed arrays lists, dates ISO 8601 and
 * bytes base64, as MLflow's encoder writes them (mlflow/utils/proto_json_utils.py, NumpyEncoder).
 *
 * @param isBare leaves out the `predictions` around it
 * @throws RefusedRequest when the model answers what no JSON holds: a cycle
 */
export function answerText(predictions: unknown, isBare: boolean): string {
  try {
    const text = isPlain(predictions) ? JSON.stringify(predictions) : write(predictions);
    return isBare ? text : `{"predictions":${text}}`;
  } catch (cause) {
    // Too deep for the stack, or too long for a text: both are RangeErrors.
    const reason = cause instanceof RangeError ? "it is cyclic, nested too deep or too long" : String(cause);
    throw new RefusedRequest(messages.unwritableAnswer(reason), { cause });
  }
}

/** True for what `JSON.stringify` writes as it should be. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return true;
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isPlain);
}

function write(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (value === undefined || typeof value === "function" || typeof value === "symbol") return "null";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (types.isDate(value)) return JSON.stringify(isoText(value));
  if (Buffer.isBuffer(value)) return JSON.stringify(value.toString("base64"));
  if (ArrayBuffer.isView(value) && !types.isTypedArray(value)) return "null";
  if (Array.isArray(value) || types.isTypedArray(value))
    return `[${Array.from<unknown>(value as [])
      .map(write)
      .join(",")}]`;
  if (types.isMap(value)) return writeMembers([...value].map(([name, item]) => [String(name), item]));
  if (types.isSet(value)) return write([...value]);
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === "function" ? write(toJSON.call(value)) : writeMembers(Object.entries(value));
}

const writeMembers = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries
    .filter(([, item]) => item !== undefined && typeof item !== "function")
    .map(([name, item]) => `${JSON.stringify(name)}:${write(item)}`)
    .join(",")}}`;

/** Python's `isoformat()`: no zone. */
const isoText = (date: Date): string | null =>
  Number.isNaN(date.getTime()) ? null : date.toISOString().replace("Z", "");
