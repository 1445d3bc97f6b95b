import { globalSlot, isTesting, TrackbookError, warnOnce } from "../../core";
import type { Flavor, ModelFile, ModelSnapshot } from "../flavor";
import { dependencyGraph } from "./dependency-graph";
import type { InstalledPackage } from "./installed-package";
import { countModules, findLibraryCopy, type LibraryTrace } from "./library-copy";
import { LOCK, lockFiles, MANIFEST } from "./lock-file";

/** The files beside a model that say what it needs to be used, in the versions that it was trained with. */
export interface ModelEnvironment {
  readonly files: readonly ModelFile[];
  /** The version of each pinned package. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The names of these files, for the flavor's entry in MLmodel. */
export const environmentEntry = { npm: MANIFEST, lock: LOCK } as const;

/** Where what a model needs may be found, and who is told where it is not. */
export interface EnvironmentTrace extends LibraryTrace {
  /** Whether the warning is kept from stderr. */
  readonly silent?: boolean;
}

interface ReadEnvironment extends ModelEnvironment {
  /** What is not installed, `a needs b`. */
  readonly missing: readonly string[];
}

/** Reading a tree takes some milliseconds: it is done once for each copy of a library, in vain or not. */
const known = globalSlot("model-environments", () => new Map<string, ReadEnvironment | { readonly fault: unknown }>());

/** Which copies are meant is looked up anew when a module has been loaded meanwhile. */
const found = globalSlot("model-libraries", () => ({
  modules: 0,
  copies: new Map<string, readonly InstalledPackage[]>(),
}));

/**
 * What goes with a model of a flavor that says what it needs. Read from what is installed: npm is not run. Where that cannot be read
 * one warning says why, and the model goes without.
 */
export function environmentOf(
  flavor: Pick<Flavor, "packages">,
  { packages = flavor.packages, importedBy }: Pick<ModelSnapshot, "packages" | "importedBy">,
  trace: EnvironmentTrace,
): ModelEnvironment | undefined {
  // What a model's module imports of trackbook is whatever asks it.
  const needed = packages?.filter((name) => name !== "trackbook");
  return needed && pin(needed, importedBy === undefined ? trace : { ...trace, file: importedBy });
}

function pin(
  packages: NonNullable<Flavor["packages"]>,
  { silent, ...trace }: EnvironmentTrace,
): ModelEnvironment | undefined {
  try {
    const copies = copiesOf(packages, trace);
    const environment = readOnce(copies);
    if (environment.missing.length > 0 && !silent)
      warnOnce(
        `environment:missing:${environment.missing.join()}`,
        `the packages that go with models of ${copies.map(({ name }) => name).join(", ")} are incomplete, as they are installed here: ${environment.missing.join(", ")}`,
      );
    return environment;
  } catch (error) {
    if (isTesting() && !(error instanceof TrackbookError)) throw error;
    if (!silent)
      warnOnce(
        `environment:${packages.join()}`,
        `the packages that models of ${packages.flat().join(", ")} need are not pinned beside them: ${error instanceof Error ? error.message : String(error)}`,
      );
    return undefined;
  }
}

function copiesOf(packages: NonNullable<Flavor["packages"]>, trace: LibraryTrace): readonly InstalledPackage[] {
  const look = () => packages.map((choice) => findLibraryCopy([choice].flat(), trace));
  // Of several copies the model's class may choose.
  if (trace.model !== undefined) return look();
  const modules = countModules();
  if (modules !== found.modules) found.copies.clear();
  found.modules = modules;
  const key = JSON.stringify([packages, trace.file, process.cwd()]);
  const copies = found.copies.get(key) ?? look();
  found.copies.set(key, copies);
  return copies;
}

function readOnce(copies: readonly InstalledPackage[]): ReadEnvironment {
  const key = copies.map(({ folder }) => folder).join("\n");
  let read = known.get(key);
  if (!read) {
    try {
      read = readEnvironment(copies);
    } catch (fault) {
      read = { fault };
    }
    known.set(key, read);
  }
  if ("fault" in read) throw read.fault;
  return read;
}

function readEnvironment(copies: readonly InstalledPackage[]): ReadEnvironment {
  const graph = dependencyGraph(copies);
  const versions = Object.fromEntries(copies.map(({ name, version }) => [name, version]));
  return { files: lockFiles(graph), versions, missing: graph.missing };
}
