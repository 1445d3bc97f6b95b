import { accessSync, constants, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryName } from "../../core";
import { maskUri } from "./environment";
import type { Finding } from "./finding";

/**
 * Does what every write of the file store does: writes a file under another name and moves it. Of a folder that is not there yet the nearest one
 * above it that is there is asked; of `file`, which lies in it, whether it may be written.
 */
export function checkWriting(folder: string, file?: string): Finding {
  const writing = { topic: "store", name: "write" } as const;
  const place = nearestExisting(folder);
  try {
    writeThenMove(join(place, temporaryName()), join(place, temporaryName()));
    if (file !== undefined && existsSync(file)) accessSync(file, constants.W_OK);
    return { ...writing, state: "ok", text: "a file was written, moved and removed" };
  } catch (cause) {
    const hint = maskUri(cause instanceof Error ? cause.message : String(cause));
    return { ...writing, state: "broken", text: "cannot be written", hint };
  }
}

function writeThenMove(first: string, second: string): void {
  try {
    writeFileSync(first, "a write test of trackbook doctor\n");
    renameSync(first, second);
  } finally {
    for (const name of [first, second]) rmSync(name, { force: true });
  }
}

/** The folder, or the nearest one above it that is there. */
export function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}
