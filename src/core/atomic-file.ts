import { closeSync, linkSync, openSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomHex } from "./random";

const PREFIX = ".trackbook-";
const SUFFIX = ".tmp";
let processPart = "";
let count = 0;

/** True for the name of a file that a writer of ours has not finished, or never will. */
export const isTemporaryName = (name: string): boolean => name.startsWith(PREFIX) && name.endsWith(SUFFIX);

/** A new name beside which no other writer's can come, in this process or another. */
export function temporaryName(): string {
  processPart ||= randomHex(6);
  return `${PREFIX}${processPart}-${count++}${SUFFIX}`;
}

/**
 * Writes a file whole or not at all, in the place of an old one: readers see the old text or the new one.
 * `folder`, on the same disk, is where the unfinished file lies meanwhile.
 */
export function replaceFile(path: string, data: string | Uint8Array, folder: string = dirname(path)): void {
  const temporary = join(folder, temporaryName());
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/** Like {@link replaceFile}, but never over an existing file: of several writers one gets `true`, the others `false`. */
export function publishFile(path: string, data: string | Uint8Array, folder: string = dirname(path)): boolean {
  const temporary = join(folder, temporaryName());
  try {
    writeFileSync(temporary, data);
    try {
      linkSync(temporary, path);
    } catch (cause) {
      if (!NO_LINKS.has(errorCode(cause))) throw cause;
      createFile(path, data);
    }
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return false;
    throw cause;
  } finally {
    removeFile(temporary);
  }
}

/** What `rmSync` does with `force`, in one call of the system in place of three. */
function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause;
  }
}

/** A write that fails midway, as on a full disk, leaves no part of the file behind. */
function createFile(path: string, data: string | Uint8Array): void {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, data);
  } catch (cause) {
    rmSync(path, { force: true });
    throw cause;
  } finally {
    closeSync(file);
  }
}

/** What file systems without hard links answer to one. */
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES", "UNKNOWN"]);

/** The system's name of a failure (`ENOENT`, `EEXIST`, …); `""` for what is no system error. */
export function errorCode(cause: unknown): string {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "";
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread for a moment: for the few places that wait for another process's write to be whole. */
export function pause(milliseconds: number): void {
  Atomics.wait(sleeper, 0, 0, milliseconds);
}
