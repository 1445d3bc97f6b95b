import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { errorCode, InvalidInputError, messages } from "../../core";

/** True when `path` below `root` stays there after every symbolic link in it is followed, whether or not it exists yet. */
export function isInside(root: string, path: string): boolean {
  if (passesNoLink(root, path)) return true;
  const realRoot = realPathOf(root);
  const between = relative(realRoot, realPathOf(join(root, path)));
  return between === "" || (between !== ".." && !between.startsWith(`..${sep}`) && !/^[a-zA-Z]:|^[\\/]/.test(between));
}

/** @throws INVALID_PARAMETER_VALUE when a symbolic link leads out of `root`, and for a name that is too long for the disk */
export function requireInside(root: string, path: string): void {
  let isIn: boolean;
  try {
    isIn = isInside(root, path);
  } catch (cause) {
    if (errorCode(cause) !== "ENAMETOOLONG") throw cause;
    throw new InvalidInputError(messages.keyTooLongForDisk("artifact", path), { cause });
  }
  if (!isIn) throw new InvalidInputError(messages.artifactOutside(path, root));
}

/**
 * True when each part of `path` is a folder or file itself, up to the first that is not there: then it stays below `root` wherever that lies, and no
 * real path need be asked for, which reads every folder from `/` on.
 */
function passesNoLink(root: string, path: string): boolean {
  // A folder's end on one system, and a character like any other on the next.
  if (path.includes("\\")) return false;
  let place = root;
  try {
    for (const part of path.split("/")) {
      if (part === "" || part === "." || part === ".." || part.includes(":")) return false;
      place += sep + part;
      const stats = lstatSync(place, { throwIfNoEntry: false });
      if (!stats) return true;
      if (stats.isSymbolicLink()) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** The real path of what exists of `path`, and the rest as it is. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (cause) {
    const parent = dirname(path);
    if ((errorCode(cause) !== "ENOENT" && errorCode(cause) !== "ENOTDIR") || parent === path) throw cause;
    return join(realPathOf(parent), path.slice(parent.length));
  }
}
