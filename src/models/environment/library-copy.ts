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
 * @throws TrackbookError when there is none, or its package.json cannot be read
 */
export function findLibraryCopy(name: string, trace: LibraryTrace): InstalledPackage {
  const loaded = loadedFolders(name);
  const from = trace.file === undefined ? undefined : (packageFolderOf(trace.file) ?? dirname(trace.file));
  const chosen =
    (from !== undefined && loaded.find((folder) => holds(folder, from))) ||
    (loaded.length > 1 && trace.model && loaded.find((folder) => exportsClassOf(folder, trace.model as object)));
  const found =
    (chosen && readPackage(chosen)) ||
    (from !== undefined && findPackage(name, from)) ||
    (loaded[0] !== undefined && readPackage(loaded[0])) ||
    startingPoints()
      .map((folder) => findPackage(name, folder))
      .find(Boolean);
  if (!found) throw new TrackbookError(messages.packageNotInstalled(name));
  return found;
}

interface Loader {
  readonly _cache: Readonly<Record<string, { readonly exports: unknown } | undefined>>;
}

/** Every CommonJS module that is loaded, by its file, imported ones included; all libraries that are known are of this kind. */
const { _cache: modules } = Module as unknown as Loader;

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
  const values = typeof exports === "object" && exports !== null ? Object.values(exports) : [exports];
  return values.flatMap((value) => (typeof value === "function" ? [value.prototype] : []));
}

/** Where the user's own code looks for packages. */
function startingPoints(): readonly string[] {
  const [, main] = process.argv;
  return [...(main === undefined ? [] : [dirname(main)]), process.cwd()];
}
