import { readFileSync } from "node:fs";
import Module from "node:module";
import { join, resolve, sep } from "node:path";
import { globalSlot } from "../../core";
import { isObject, originalOf, type Undo } from "./wrap";

/** A loaded CommonJS module of a package that autolog knows. */
export interface LoadedModule {
  readonly packageName: string;
  readonly version: string | undefined;
  readonly file: string;
  readonly isMain: boolean;
  readonly folder: string;
  exports: unknown;
}

/** As much of Node's loader as is used here; all of it is documented or has been stable since Node 0.x. */
interface Loader {
  readonly _cache: Record<string, { exports: unknown; loaded: boolean; filename: string } | undefined>;
  readonly _extensions: Record<string, (module: LoaderModule, filename: string) => unknown>;
}

interface LoaderModule {
  exports: unknown;
}

const loader = Module as unknown as Loader;
const FOLDER = `${sep}node_modules${sep}`;

interface Manifest {
  readonly version: string | undefined;
  readonly main: string;
}

const manifests = globalSlot("manifests", () => new Map<string, Manifest>());

/** The modules of `packages` that are loaded, every copy of them. */
export function loadedModules(packages: ReadonlySet<string>): LoadedModule[] {
  return Object.keys(loader._cache).flatMap((file) => {
    const module = loader._cache[file];
    const described = module?.loaded ? describe(file, packages) : undefined;
    return described && module ? [handle(described, module)] : [];
  });
}

/**
 * Calls `loaded` for each module of `packages` that is loaded from now on, before anybody gets its exports. The one place where this holds for `require`
 * and for `import` of CommonJS alike is the extension handler: later, Node has copied the exports for its ES module cache.
 */
export function onModuleLoad(packages: ReadonlySet<string>, loaded: (module: LoadedModule) => void): Undo {
  const extensions = loader._extensions;
  const descriptor = Object.getOwnPropertyDescriptor(extensions, ".js") as PropertyDescriptor;
  const before = extensions[".js"] as Loader["_extensions"][string];
  let active = true;
  const hook = function (this: unknown, module: LoaderModule, filename: string): unknown {
    const result = Reflect.apply(before, this, [module, filename]);
    const described = active ? describe(filename, packages) : undefined;
    if (described) loaded(handle(described, module));
    return result;
  };
  Object.defineProperty(hook, "name", { value: before.name });
  extensions[".js"] = hook;
  return () => {
    active = false;
    if (extensions[".js"] === hook) Object.defineProperty(extensions, ".js", descriptor);
  };
}

/** The exports of the copy of a package that the module `file` has loaded, if it has. */
export function loadedDependency(name: string, file: string): unknown {
  try {
    return loader._cache[Module.createRequire(file).resolve(name)]?.exports;
  } catch {
    return undefined;
  }
}

/** The value at `path` below `exports`, and what holds it. */
export function resolvePath(
  exports: unknown,
  path: readonly string[],
): { owner: object | undefined; key: string; value: unknown } {
  let owner: object | undefined;
  let value = exports;
  for (const key of path) {
    if (!isObject(value)) return { owner: undefined, key, value: undefined };
    owner = originalOf(value);
    value = (owner as Record<string, unknown>)[key];
  }
  return { owner, key: path.at(-1) ?? "", value };
}

interface Described extends Omit<LoadedModule, "exports"> {}

function describe(file: string, packages: ReadonlySet<string>): Described | undefined {
  const start = file.lastIndexOf(FOLDER);
  if (start < 0) return undefined;
  const rest = file.slice(start + FOLDER.length).split(sep);
  const packageName = rest[0]?.startsWith("@") ? `${rest[0]}/${rest[1]}` : (rest[0] as string);
  if (!packages.has(packageName)) return undefined;
  const folder = join(file.slice(0, start + FOLDER.length), ...packageName.split("/"));
  const { version, main } = manifest(folder);
  return { packageName, version, file, folder, isMain: main === file };
}

function manifest(folder: string): Manifest {
  const known = manifests.get(folder);
  if (known) return known;
  let read: { version?: string; main?: string } = {};
  try {
    read = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as typeof read;
  } catch {
    // A package without a readable manifest is hooked by its default main file.
  }
  const main = resolve(folder, read.main ?? "index.js");
  const found = { version: read.version, main: main.endsWith(".js") ? main : `${main}.js` };
  manifests.set(folder, found);
  return found;
}

function handle(described: Described, module: LoaderModule): LoadedModule {
  return {
    ...described,
    get exports() {
      return module.exports;
    },
    set exports(value) {
      module.exports = value;
    },
  };
}
