import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import type { LocalCopy } from "./artifact-writes";

/** A local file, and where it goes among the artifacts. */
export interface FileCopy {
  readonly localFile: string;
  readonly path: string;
}

/**
 * The files to be copied: one, or those in a folder, its sub-folders included. They are listed before the first is copied, so a folder that holds the
 * artifacts themselves is copied as it was.
 */
export function copiesOf(action: LocalCopy): FileCopy[] {
  if (action.kind === "file") return [action];
  const { localFolder, path } = action;
  return filesBelow(localFolder).map((file) => ({
    localFile: join(localFolder, file),
    path: posix.join(path, file.split(sep).join("/")),
  }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(isFile)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const isFile = (entry: Dirent): boolean =>
  entry.isFile() ||
  (entry.isSymbolicLink() &&
    statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.isFile() === true);
