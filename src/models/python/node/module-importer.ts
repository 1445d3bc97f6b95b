import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** The exports of a module. */
export type Exports = Readonly<Record<string, unknown>>;

/** How the packages of the user's own code in a model's folder are found. */
export interface ModulePlaces {
  /** The model's folder. */
  readonly folder: string;
  /** Folders from which packages are looked for, the model's own first. */
  readonly places: readonly string[];
  /** Loads a package from there; throws what is said of one that is missing. */
  readonly load: (packageName: string) => unknown;
}

/**
 * Imports modules that lie in a model's folder, CommonJS and ES modules alike. The packages that they import are looked for where all the packages of the
 * model are: in its own folder, as Node does by itself, and then in the other places.
 */
export function moduleImporter({ folder, places, load }: ModulePlaces): (path: string) => Promise<Exports> {
  return async (path) => {
    lookFurther(folder, places);
    try {
      return (await import(pathToFileURL(join(folder, path)).href)) as Exports;
    } catch (error) {
      const missing = missingPackage(error);
      // Throws, and says what would install it.
      if (missing !== undefined) load(missing);
      throw error;
    }
  };
}

function missingPackage(error: unknown): string | undefined {
  const { code, message = "" } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const [, name] = /Cannot find (?:package|module) '([^'./][^']*)'/.exec(String(message)) ?? [];
  return name === undefined || name.includes(":") ? undefined : /^(@[^/]+\/)?[^/]+/.exec(name)?.[0];
}

/** Where else packages may be, for each model's folder that does not hold them all; with a separator at its end. */
const further = new Map<string, readonly string[]>();

function lookFurther(folder: string, places: readonly string[]): void {
  const key = withSeparator(folder);
  if (further.has(key) || holdsItsPackages(folder)) return;
  // In the folder itself Node has looked before.
  const others = places.filter((place) => !withSeparator(place).startsWith(key));
  if (further.size === 0) watchRequire();
  watchImports(key, others);
  further.set(key, others);
}

const withSeparator = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep);

/** True where Node finds by itself all that the model was kept with, in the folder or above. */
function holdsItsPackages(folder: string): boolean {
  try {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      readonly dependencies?: object;
    };
    return Object.keys(dependencies).every((name) => isInstalledFor(folder, name));
  } catch {
    return false;
  }
}

function isInstalledFor(folder: string, name: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, "node_modules", name))) return true;
    if (place === dirname(place)) return false;
  }
}

/** The name of a package, or of something inside of one. */
const PACKAGE = /^(?![./#]|\w+:)/;

function placesFor(file: string | undefined): readonly string[] {
  if (file !== undefined) for (const [folder, places] of further) if (file.startsWith(folder)) return places;
  return [];
}

type ResolveFilename = (
  this: unknown,
  request: string,
  parent?: { readonly filename?: string },
  ...rest: unknown[]
) => string;
type Context = { readonly parentURL?: string };
type Next = (specifier: string, context: Context) => unknown;

/** As much of Node's loader as is used here. */
interface Loader {
  _resolveFilename: ResolveFilename;
  /** Since Node 22.15. */
  registerHooks?(hooks: { resolve(specifier: string, context: Context, next: Next): unknown }): void;
  register(module: string, options: { readonly data: unknown }): void;
}
const loader = Module as unknown as Loader;

/** `require` in code below such a folder: what Node does not find is looked for in the other places. */
function watchRequire(): void {
  const original = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    try {
      return original.call(this, request, parent, ...rest);
    } catch (error) {
      if (PACKAGE.test(request))
        for (const place of placesFor(parent?.filename)) {
          try {
            return createRequire(join(place, "from-here.js")).resolve(request);
          } catch {
            // The next place may have it.
          }
        }
      throw error;
    }
  };
}

/** `import` in code below such a folder. */
function watchImports(folder: string, places: readonly string[]): void {
  const parents = places.map((place) => pathToFileURL(join(place, "from-here.js")).href);
  if (loader.registerHooks) loader.registerHooks({ resolve: resolverFor(pathToFileURL(folder).href, parents) });
  else loader.register(HOOKS, { data: { folder: pathToFileURL(folder).href, parents } });
}

function resolverFor(folder: string, parents: readonly string[]) {
  return (specifier: string, context: Context, next: Next): unknown => {
    try {
      return next(specifier, context);
    } catch (error) {
      if (context.parentURL?.startsWith(folder) && PACKAGE.test(specifier))
        for (const parentURL of parents) {
          try {
            return next(specifier, { ...context, parentURL });
          } catch {
            // The next place may have it.
          }
        }
      throw error;
    }
  };
}

/** The same on older Nodes, where such hooks run in a thread of their own, from a module of their own. */
const HOOKS = `data:text/javascript,${encodeURIComponent(`
  const all = [];
  export const initialize = (data) => void all.push(data);
  export async function resolve(specifier, context, next) {
    try {
      return await next(specifier, context);
    } catch (error) {
      for (const { folder, parents } of all)
        if (context.parentURL?.startsWith(folder) && ${PACKAGE}.test(specifier))
          for (const parentURL of parents) {
            try {
              return await next(specifier, { ...context, parentURL });
            } catch {}
          }
      throw error;
    }
  }`)}`;
