import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { errorCode, messages, TrackbookError } from "../../core";

/** A copy of a package that is installed on this machine. */
export interface InstalledPackage {
  /** Its real path: no part of it is a link. */
  readonly folder: string;
  /** As its package.json says, which under an alias is not the name it was found by. */
  readonly name: string;
  readonly version: string;
  /** Its package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

const FOLDER = `${sep}node_modules${sep}`;

/**
 * Finds a package as Node does for a module in `from`: in the `node_modules` of each folder from there upwards.
 *
 * @throws TrackbookError when its package.json cannot be read
 */
export function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = basename(folder) === "node_modules" ? undefined : readPackage(join(folder, "node_modules", name));
    if (found) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * The package that stands in `folder`, if there is one.
 *
 * @throws TrackbookError when its package.json cannot be read
 */
export function readPackage(folder: string): InstalledPackage | undefined {
  const path = join(folder, "package.json");
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    const { name = basename(folder), version = "0.0.0" } = manifest as Record<string, unknown>;
    if (typeof name !== "string" || typeof version !== "string")
      throw new TypeError("its name or its version is no text");
    return { folder: realpathSync(folder), name, version, manifest: manifest as Record<string, unknown> };
  } catch (cause) {
    if (ABSENT.has(errorCode(cause))) return undefined;
    throw new TrackbookError(messages.packageUnreadable(path, cause), { cause });
  }
}

const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);

/** The folder of the package that `file` is part of, by its path alone; `undefined` outside of every `node_modules`. */
export function packageFolderOf(file: string): string | undefined {
  const start = file.lastIndexOf(FOLDER);
  if (start < 0) return undefined;
  const [first = "", second = ""] = file.slice(start + FOLDER.length).split(sep);
  return join(file.slice(0, start + FOLDER.length), first, first.startsWith("@") ? second : "");
}

/** The texts of a manifest's mapping such as `dependencies`; what is none is left out. */
export function textsIn(mapping: unknown): Readonly<Record<string, string>> {
  if (typeof mapping !== "object" || mapping === null) return {};
  return Object.fromEntries(
    Object.entries(mapping).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
