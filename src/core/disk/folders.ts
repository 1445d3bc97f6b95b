import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { errorCode } from "../atomic-file";
import { StoreError } from "../errors";
import { messages } from "../lazy-messages";

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is. Node's own `recursive` never comes back from a place
 * where the system keeps no new folder and says that the parent is not there, as below `/proc`.
 *
 * @throws StoreError (INVALID_STATE) for such a place, else what the system says
 */
export function makeFolder(path: string, mode?: number): void {
  const folder = resolve(path);
  if (isFolder(folder) || makeInParent(folder, mode)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder), mode);
  if (!makeInParent(folder, mode)) throw new StoreError(messages.noPlaceForFolder(folder));
}

/** `false` when the system says that there is no parent. */
function makeInParent(folder: string, mode: number | undefined): boolean {
  try {
    mkdirSync(folder, mode);
    return true;
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    // Another process may have been faster.
    if (isFolder(folder)) return true;
    throw cause;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
