import Module from "node:module";
import { dirname, sep } from "node:path";
import { messages, TrackbookError } from "../../core";
import { findPackage, type InstalledPackage, packageFolderOf, readPackage } from "./installed-package";

/** What is known of where a model's library stands. */
export interface LibraryTrace {
  /** A file of the user's own copy of the library, or one from which it is imported. */
  readonly file?: string;
  /** The model, whose class the copy exports. */
  readonly model?: object;
}

/**
 * The copy of a package that a model came from, of all that may be installed: the one that is loaded and holds the file or the model's class, else the one that is
 * found from the file, from the main script or from the working directory.
 *
 * @param names packages any of which will do, the first the best
 * @throws TrackbookError when there is none, or its package.json cannot be read
 */
export function findLibraryCopy(names: readonly string[], { file, model }: LibraryTrace): InstalledPackage {
  const loaded = names.flatMap(loadedFolders);
  const from = file === undefined ? undefined : (packageFolderOf(file) ?? dirname(file));
  const chosen =
    (from !== undefined && loaded.find((folder) => holds(folder, from))) ||
    (loaded.length > 1 && model && loaded.find((folder) => exportsClassOf(folder, model)));
  const found =
    (chosen && readPackage(chosen)) ||
    (from !== undefined && findAny(names, [from])) ||
    loaded.map(readPackage).find(Boolean) ||
    findAny(names, startingPoints());
  if (!found) throw new TrackbookError(messages.packageNotInstalled(names));
  return found;
}

function findAny(names: readonly string[], starts: readonly string[]): InstalledPackage | undefined {
  for (const name of names)
    for (const start of starts) {
      const found = findPackage(name, start);
      if (found) return found;
    }
  return undefined;
}

interface Loader {
  readonly _cache: Readonly<Record<string, { readonly exports: unknown } | undefined>>;
}

/** Every CommonJS module that is loaded, by its file, imported ones included; all libraries that are known are of this kind. */
const { _cache: modules } = Module as unknown as Loader;

/** How many there are: what is found among them may be another copy once there are more. */
export const countModules = (): number => Object.keys(modules).length;

function loadedFolders(name: string): readonly string[] {
  const part = `${sep}node_modules${sep}${name.split("/").join(sep)}${sep}`;
  const folders = Object.keys(modules).flatMap((file) => (file.includes(part) ? (packageFolderOf(file) ?? []) : []));
  return [...new Set(folders)].filter((folder) => `${folder}${sep}`.endsWith(part));
}

/** Whether `folder` is that of the package in `wanted`, or of one that uses it. */
function holds(folder: string, wanted: string): boolean {
  const [user, used] = [readPackage(folder)?.folder, readPackage(wanted)?.folder];
  if (user === undefined || used === undefined) return false;
  const [, name] = wanted.split(`${sep}node_modules${sep}`).slice(-2);
  return user === used || (name !== undefined && findPackage(name, user)?.folder === used);
}

function exportsClassOf(folder: string, model: object): boolean {
  const inside = `${folder}${sep}`;
  const exported = Object.keys(modules)
    .filter((file) => file.startsWith(inside) && packageFolderOf(file) === folder)
    .flatMap((file) => prototypesIn(modules[file]?.exports));
  for (let prototype = Object.getPrototypeOf(model); prototype; prototype = Object.getPrototypeOf(prototype))
    if (prototype !== Object.prototype && exported.includes(prototype)) return true;
  return false;
}

/** The prototypes of the classes among a module's exports; those of autolog's wrappers are the classes' own. */
function prototypesIn(exports: unknown): readonly unknown[] {
  try {
    const values = typeof exports === "object" && exports !== null ? Object.values(exports) : [exports];
    return values.flatMap((value) => (typeof value === "function" ? [value.prototype] : []));
  } catch {
    // Exports may be accessors of any kind.
    return [];
  }
}

/** Where the user's own code looks for packages. */
function startingPoints(): readonly string[] {
  const [, main] = process.argv;
  return [...(main === undefined ? [] : [dirname(main)]), process.cwd()];
}
