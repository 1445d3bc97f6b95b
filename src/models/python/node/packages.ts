import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";

/** An installed package was found nowhere. */
export class PackageMissing extends Error {
  readonly package: string;
  readonly looked: readonly string[];

  constructor(name: string, looked: readonly string[]) {
    super(`Cannot find package '${name}'`);
    this.package = name;
    this.looked = looked;
  }
}

/**
 * Where a model's packages are looked for: `node_modules` of its own folder, of the folders in TRACKBOOK_NODE_PATH (each one that holds a
 * `node_modules`, or is one), and of the working directory; in each case of the folders above as well, as Node does.
 */
export const packagePlaces = (folder: string, nodePath: string | undefined, cwd: string): readonly string[] => [
  folder,
  ...(nodePath ?? "").split(delimiter).flatMap((path) => (path === "" ? [] : resolve(cwd, path))),
  cwd,
];

/** How a model's packages are loaded: from the first of {@link packagePlaces} that has them. */
export function packageLoader(folder: string, nodePath: string | undefined, cwd: string): (name: string) => unknown {
  const looked = packagePlaces(folder, nodePath, cwd);
  return (name) => {
    for (const start of looked) {
      const load = createRequire(join(start, "from-here.js"));
      try {
        load.resolve(name);
      } catch {
        continue;
      }
      // Outside of the try: a package that is there but does not load says itself what is wrong.
      return load(name);
    }
    throw new PackageMissing(name, looked);
  };
}
