import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { messages, TrackbookError } from "../../core";
import type { ModelSource } from "../predictor";
import { moduleImporter, packageLoader as loaderFrom, PackageMissing, packagePlaces } from "../python/node";

/** How the packages of a model are loaded, by name. */
export type PackageLoader = (name: string) => unknown;

/**
 * Looks for the packages of the model in a folder where Python's loader does (the folder itself, TRACKBOOK_NODE_PATH, the working directory), and beside
 * trackbook at last.
 *
 * @throws TrackbookError MISSING_PACKAGE with the command that installs what the model was made with.
 */
export function packageLoader(folder: string, config: Readonly<Record<string, unknown>>): PackageLoader {
  const load = loaderFrom(folder, process.env.TRACKBOOK_NODE_PATH, process.cwd());
  const loadBeside = loaderFrom(__dirname, undefined, __dirname);
  return (name) => {
    try {
      return load(name);
    } catch (missing) {
      if (!(missing instanceof PackageMissing)) throw missing;
      try {
        return loadBeside(name);
      } catch (cause) {
        if (!(cause instanceof PackageMissing)) throw cause;
        const looked = missing.looked.map((place) => shown(join(place, "node_modules")));
        const problem = messages.missingModelPackage(name, [...new Set(looked)], installCommand(folder, name, config));
        throw new TrackbookError(problem, { cause: missing });
      }
    }
  };
}

/** How a model in a folder gets at its packages, and at code of the user's that lies there. */
export function modelPackages(
  folder: string,
  config: Readonly<Record<string, unknown>>,
): Pick<ModelSource, "require" | "importModule"> {
  const load = packageLoader(folder, config);
  const places = [...packagePlaces(folder, process.env.TRACKBOOK_NODE_PATH, process.cwd()), __dirname];
  return { require: load, importModule: moduleImporter({ folder, places, load }) };
}

/** As people are shown paths. */
function shown(path: string): string {
  const near = relative("", path);
  return near.startsWith("..") ? path : near;
}

/** What installs the whole pinned set, where the model has one. */
function installCommand(folder: string, name: string, config: Readonly<Record<string, unknown>>): string {
  if (existsSync(join(folder, "package-lock.json"))) return `npm ci --prefix ${quoted(shown(folder) || ".")}`;
  const version = config.package === name && typeof config.package_version === "string" ? config.package_version : "";
  return `npm install ${NEEDS_NO_SCRIPT.has(name) ? "--ignore-scripts " : ""}${name}${version && `@${version}`}`;
}

/** Packages that are whole as npm has them. The script of onnxruntime-node downloads what only CUDA needs, from a host that not everybody reaches. */
const NEEDS_NO_SCRIPT: ReadonlySet<string> = new Set(["onnxruntime-node"]);

const quoted = (path: string): string => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
