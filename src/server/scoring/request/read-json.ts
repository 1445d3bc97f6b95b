import { isUtf8 } from "node:buffer";
import { messages } from "../../../core";
import { RefusedRequest } from "../../refused-request";
import { parsePythonJson } from "../../python-json";

/** The words that Python's writer of JSON uses, and JSON has not. */
const PYTHON_WORDS = /\b(?:NaN|Infinity)\b/;
/** What a number may not hold exactly. */
const LONG_INTEGER = /\d{16}/;

/**
 * The body as text.
 *
 * @throws RefusedRequest when it is not UTF-8
 */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new RefusedRequest(messages.notUtf8());
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

/**
 * The JSON of a body. Python's clients send `NaN` for a missing number, so its words are understood.
 *
 * @param needsIntegers keeps integers exact that a number cannot hold, as bigints
 * @throws RefusedRequest when it is no JSON
 */
export function readJson(text: string, needsIntegers: boolean): unknown {
  try {
    if (needsIntegers && LONG_INTEGER.test(text)) return parsePythonJson(text);
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof RefusedRequest) throw cause;
    return readPythonJson(text, cause);
  }
}

function readPythonJson(text: string, cause: unknown): unknown {
  try {
    if (PYTHON_WORDS.test(text)) return parsePythonJson(text);
  } catch (other) {
    if (other instanceof RefusedRequest) throw other;
    throw notJson(other);
  }
  throw notJson(cause);
}

/** V8 quotes the body in its message, as far as it likes. */
function notJson(cause: unknown): RefusedRequest {
  const reason = (cause as Error).message.replace(/, .*is not valid JSON$/s, "").slice(0, 200);
  return new RefusedRequest(messages.notJsonBody(reason), { cause });
}
