import { type JournalRecord, type Operation, PAYLOADS } from "./operations";

/** The lengths of its two parts with which a record begins. */
export const HEAD = 8;

/** Every operation begins and ends with them, as JSON does. */
const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The bytes of a point: value, time and step. */
const POINT = 24;

/** How long the record is that begins at a place, if its lengths are true; `undefined` where none begins. All of it need not be there. */
export function lengthAt(bytes: Buffer, at: number): number | undefined {
  if (bytes[at + HEAD] !== OPEN) return undefined;
  const header = bytes.readUInt32LE(at);
  return header === 0 ? undefined : HEAD + header + bytes.readUInt32LE(at + 4);
}

/** What bytes of the length that a record's head names hold: the record, or why they are none. */
export function readRecord(bytes: Buffer): JournalRecord | { readonly reason: string } {
  const end = HEAD + bytes.readUInt32LE(0);
  if (bytes[end - 1] !== CLOSE) return { reason: "its operation does not end where it should" };
  const operation = readOperation(bytes.subarray(HEAD, end));
  if ("reason" in operation) return operation;
  if (!mayCarry(operation, bytes.length - end)) return { reason: "its lengths do not fit its operation" };
  return { operation, payload: Buffer.from(bytes.subarray(end)) };
}

/** Where the next whole record begins from a place on. */
export function nextRecordIn(bytes: Buffer, from: number): number | undefined {
  for (let brace = bytes.indexOf(OPEN, from + HEAD); brace >= 0; brace = bytes.indexOf(OPEN, brace + 1)) {
    const at = brace - HEAD;
    const length = lengthAt(bytes, at);
    if (length === undefined || at + length > bytes.length) continue;
    if ("operation" in readRecord(bytes.subarray(at, at + length))) return at;
  }
  return undefined;
}

/** Whether this is what a process leaves that dies in the midst of a write, or a machine that loses its power: zeros. */
export function isCutShort(bytes: Buffer): boolean {
  if (bytes.length <= HEAD || bytes.every((byte) => byte === 0)) return true;
  const length = lengthAt(bytes, 0);
  if (length === undefined || length <= bytes.length) return false;
  const header = bytes.readUInt32LE(0);
  const end = endOfObject(bytes, HEAD);
  if (end === undefined) return HEAD + header > bytes.length;
  // The operation is all there: its length says so too, and only what lies behind it is cut.
  if (end !== HEAD + header) return false;
  const operation = readOperation(bytes.subarray(HEAD, end));
  return "op" in operation && mayCarry(operation, length - end);
}

function readOperation(bytes: Buffer): Operation | { readonly reason: string } {
  try {
    const operation = JSON.parse(bytes.toString("utf8")) as Operation;
    return Object.hasOwn(PAYLOADS, operation.op) ? operation : { reason: "its operation is none that is known" };
  } catch (cause) {
    return { reason: (cause as Error).message };
  }
}

/** Whether so many bytes can lie behind an operation. */
function mayCarry(operation: Operation, length: number): boolean {
  if (operation.op === "metric") return length === operation.count * POINT;
  return length === 0 || PAYLOADS[operation.op] === "bytes";
}

/** Where the JSON object ends that begins at a place; `undefined` when it is not whole. */
function endOfObject(bytes: Buffer, from: number): number | undefined {
  let depth = 0;
  let isText = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return at + 1;
  }
  return undefined;
}
