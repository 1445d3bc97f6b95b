import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { dirname, sep } from "node:path";
import { errorCode, InvalidInputError, messages, pause, StoreError } from "../../core";
import { makeFolder } from "../../core/disk";
import { noteAbsence, noteFile, noteFolder, noteListing } from "./read-trace";
import { statIfThere } from "./stamps";

// Nearly all files of a store are small: one buffer for all of them spares an allocation each.
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * The text of a file; `undefined` when there is none. One of `lines` may end in the midst of a line, and so of a character.
 *
 * @throws DATA_LOSS when it is not UTF-8
 */
export function readText(path: string, lines: "lines" | "" = ""): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    if (!isAbsence(cause)) throw cause;
    noteAbsence(path);
    return undefined;
  }
  try {
    const bytes = readBytes(file, noteFile(path, file).size);
    const text = bytes.toString("utf8");
    if (text.includes("\ufffd") && !isUtf8(lines ? wholeLines(bytes) : bytes))
      throw new StoreError(messages.corrupt(path, "it is not UTF-8 text"));
    return text;
  } finally {
    closeSync(file);
  }
}

const wholeLines = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.lastIndexOf(10) + 1);

/** Some whole lines of a file. */
export interface LineBlock {
  readonly text: string;
  /** Where the next line begins; `undefined` when the end of the file has been reached. */
  readonly next?: number;
}

/**
 * The whole lines among the next `most` bytes of a file; at its end also one that has none. `undefined` when there is no file.
 *
 * @throws DATA_LOSS when it is not UTF-8, or a line is longer
 */
export function readLines(path: string, start: number, most: number): LineBlock | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    if (!isAbsence(cause)) throw cause;
    return undefined;
  }
  try {
    const bytes = Buffer.allocUnsafe(most);
    const read = bytes.subarray(0, readSync(file, bytes, 0, most, start));
    const isEnd = read.length < most;
    const whole = isEnd ? read : wholeLines(read);
    if (!isEnd && whole.length === 0) throw new StoreError(messages.corrupt(path, "it has a line without an end"));
    const text = whole.toString("utf8");
    if (text.includes("\ufffd") && !isUtf8(wholeLines(whole)))
      throw new StoreError(messages.corrupt(path, "it is not UTF-8 text"));
    return isEnd ? { text } : { text, next: start + whole.length };
  } finally {
    closeSync(file);
  }
}

/** All of an open file, valid until the next file is read. */
function readBytes(file: number, size: number): Buffer {
  if (size > buffer.length) return readFileSync(file);
  let length = 0;
  for (;;) {
    const count = readSync(file, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length === size) return buffer.subarray(0, length);
    if (length === buffer.length) return Buffer.concat([buffer, readFileSync(file)]);
  }
}

/** Reads again for a moment while `isWhole` says that another process is in the middle of writing the file. */
export function readSettledText(
  path: string,
  isWhole: (text: string) => boolean,
  lines: "lines" | "" = "",
): string | undefined {
  let text = readText(path, lines);
  for (let wait = 1; wait <= 32 && text !== undefined && !isWhole(text); wait *= 2) {
    pause(wait);
    text = readText(path, lines);
  }
  return text;
}

/** The names of the folders in a folder. */
export function listFolders(folder: string): string[] {
  if (!noteListing(folder)) return [];
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch (cause) {
    if (isAbsence(cause)) return [];
    throw cause;
  }
}

/** The keys kept below a folder, those in sub-folders with `/`. */
export function listKeys(folder: string, prefix = ""): string[] {
  const keys: string[] = [];
  if (!noteListing(folder)) return keys;
  let entries: { name: string; isDirectory(): boolean }[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (isAbsence(cause)) return keys;
    throw cause;
  }
  for (const entry of entries) {
    if (entry.isDirectory()) keys.push(...listKeys(folder + sep + entry.name, `${prefix}${entry.name}/`));
    else keys.push(prefix + entry.name);
  }
  return keys;
}

/** Every key below a folder with its text. */
export function readTexts(folder: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const key of listKeys(folder)) {
    const text = readValue(folder + sep + key);
    if (text !== undefined) setOwn(texts, key, text);
  }
  return texts;
}

/** Python writes tags and params in place: what has become empty just now is read again for a moment. */
function readValue(path: string): string | undefined {
  let text = readText(path);
  for (let wait = 1; text === "" && isBeingWritten(path); wait = Math.min(2 * wait, 32)) {
    pause(wait);
    text = readText(path);
  }
  return text;
}

/** Ms. A new file may be meant to be empty. One that was emptied in place is hardly ever, but its writer may have to wait for the processor. */
const NEW_FOR = 50;
const EMPTIED_FOR = 500;

function isBeingWritten(path: string): boolean {
  const stats = statIfThere(path);
  if (!stats) return false;
  const isNew = stats.mtimeMs - stats.birthtimeMs < NEW_FOR;
  return Math.abs(Date.now() - stats.mtimeMs) < (isNew ? NEW_FOR : EMPTIED_FOR);
}

/** `record[key] = value`, also for a key called `__proto__`. */
export function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__")
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}

/** True for an existing folder. */
export function isFolder(path: string): boolean {
  const exists = statIfThere(path)?.isDirectory() ?? false;
  noteFolder(path, exists);
  return exists;
}

/**
 * Writes the file of a key below `folder`, the run's, making the folders that a `/` in the key asks for. `write` is tried
 * first without: nearly all keys need none. A run that has been moved away meanwhile is not begun anew.
 */
export function writeKey(kind: string, key: string, folder: string, path: string, write: () => void): void {
  try {
    try {
      write();
    } catch (cause) {
      if (errorCode(cause) !== "ENOENT" || !isFolder(folder)) throw cause;
      makeFolder(dirname(path));
      write();
    }
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENAMETOOLONG") throw new InvalidInputError(messages.keyTooLongForDisk(kind, key), { cause });
    if (code === "EISDIR" || code === "ENOTDIR" || code === "ENOTEMPTY" || code === "EEXIST")
      throw new InvalidInputError(messages.keyCollides(kind, key), { cause });
    throw cause;
  }
}

/** True for the errors that say: there is no such file. */
function isAbsence(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === "ENOENT" || code === "ENOTDIR";
}
