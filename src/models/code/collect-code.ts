import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { InvalidInputError, messages } from "../../core";
import type { ModelFile } from "../flavor";
import { CodeReader, isSource } from "./code-reader";
import { type PackageScope, scopeOf } from "./package-scope";
import { emittedName } from "./transpile";

/** The folder of a model that holds the user's code. */
export const CODE_FOLDER = "code";

/** What of the user's code goes with a model. */
export interface CodeRequest {
  /** The module that the model is made of. */
  readonly entry?: string;
  /** More files and folders. */
  readonly codePaths: readonly string[];
}

/** The user's code as it is kept. */
export interface CollectedCode {
  readonly files: readonly ModelFile[];
  /** Where the entry is kept, relative to the model's folder. */
  readonly entry?: string;
  /** Where the modules among `codePaths` are kept, in their order. */
  readonly modules: readonly string[];
  /** Packages that the entry and these modules load. */
  readonly packages: readonly string[];
}

/** Never the user's own code. */
const LEFT_OUT = /^(node_modules|mlruns|\..*)$/;

/**
 * Copies code as it stands now: the entry and each file of `codePaths` with all that they import by relative paths, and the folders of `codePaths`
 * whole, save node_modules, mlruns and what begins with a dot. All keep their places towards each other, below the folder that
 * they have in common. TypeScript becomes JavaScript. A package that only code in these folders loads is not noted: name the file.
 *
 * @throws InvalidInputError for a path that does not exist, and for imports that cannot be taken along.
 */
export function collectCode({ entry, codePaths }: CodeRequest): CollectedCode {
  const given = codePaths.map((path) => existing("codePaths", path));
  const start = entry === undefined ? undefined : existing("The module of a model", entry);
  const [folders, named] = [given.filter(isFolder), given.filter((path) => !isFolder(path))];
  const reader = new CodeReader();
  for (const path of [start, ...named]) if (path !== undefined) reader.follow(path);
  for (const folder of folders) for (const path of filesBelow(folder)) reader.take(path);
  // A folder is kept under its own name.
  const root = commonFolder([...reader.paths, ...folders].map((path) => dirname(path)));
  const place = (path: string) => `${CODE_FOLDER}/${relative(root, emittedName(path)).split(sep).join("/")}`;
  return {
    files: [...reader.files(place), ...scopeFiles(reader.paths, root)],
    ...(start !== undefined && { entry: place(start) }),
    modules: named.filter(isSource).map(place),
    packages: reader.packages,
  };
}

/** The path of a file or folder without links, as Node sees the modules that it loads. */
function existing(what: string, path: string): string {
  try {
    return realpathSync(resolve(path));
  } catch (cause) {
    throw new InvalidInputError(messages.noSuchPath(what, path), { cause });
  }
}

const isFolder = (path: string): boolean => statSync(path).isDirectory();

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (LEFT_OUT.test(entry.name)) return [];
    // A link to a folder may lead back up.
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile())
      ? [path]
      : [];
  });
}

/** The deepest folder that holds all of these; throws when they lie on several disks. */
function commonFolder(folders: readonly string[]): string {
  const [first = ".", ...others] = folders;
  let common = first;
  for (const folder of others) {
    while (folder !== common && !folder.startsWith(common.endsWith(sep) ? common : common + sep)) {
      const parent = dirname(common);
      if (parent === common) throw new InvalidInputError(messages.codeFarApart(first, folder));
      common = parent;
    }
  }
  return common;
}

/** A package.json for every package that files come from: it says what `.js` means there, and keeps those further up from saying it. */
function scopeFiles(paths: readonly string[], root: string): readonly ModelFile[] {
  const scopes = new Map<string, PackageScope>();
  for (const path of paths) {
    if (basename(path) === "package.json" || ![".js", ".ts"].includes(extname(path))) continue;
    const scope = scopeOf(path);
    const inside = relative(root, scope.folder);
    const folder =
      inside === "" || inside.startsWith("..") || resolve(inside) === inside ? "" : `${inside.split(sep).join("/")}/`;
    scopes.set(`${CODE_FOLDER}/${folder}package.json`, scope);
  }
  const copied = new Set(paths.map((path) => `${CODE_FOLDER}/${relative(root, path).split(sep).join("/")}`));
  return [...scopes]
    .filter(([path]) => !copied.has(path))
    .map(([path, { type }]) => ({ path, bytes: `${JSON.stringify({ private: true, type }, undefined, 2)}\n` }));
}
