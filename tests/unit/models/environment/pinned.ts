import { join } from "node:path";
import { environmentOf, type ModelEnvironment } from "../../../../src/models/environment";

/** A package as a lock file has it. */
export interface LockedPackage {
  readonly name?: string;
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What goes with a model that was made by the copies of `packages` that are installed in `project`. */
export const environmentIn = (project: string, ...packages: string[]): ModelEnvironment =>
  environmentOf({ packages }, {}, { file: join(project, "program.js") }) as ModelEnvironment;

/** The places of its lock file, that of the model itself left out. */
export function placesIn(environment: ModelEnvironment): Readonly<Record<string, LockedPackage>> {
  const { packages } = JSON.parse(textOf(environment, "package-lock.json"));
  const { "": _root, ...places } = packages as Record<string, LockedPackage>;
  return places;
}

/** The versions that would be installed at each place. */
export const versionsIn = (environment: ModelEnvironment): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(placesIn(environment)).map(([path, { version }]) => [path, version]));

/** The text of one of its files. */
export const textOf = ({ files }: ModelEnvironment, path: string): string =>
  String(files.find((file) => file.path === path)?.bytes);

/** The paths of its files. */
export const pathsOf = ({ files }: ModelEnvironment): readonly string[] => files.map(({ path }) => path);
