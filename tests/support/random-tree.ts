import fc from "fast-check";
import { type Installed, installedTree } from "./installed-tree";

/** A package of a made-up program: what each needs is given by its place in the list of all. */
export interface MadeUpPackage {
  readonly name: string;
  readonly version: string;
  /** At most one of each name. */
  readonly needs: readonly number[];
}

const NAMES = ["a", "b", "@x/c", "d", "e"];

/** Programs whose packages need each other in up to three versions, in no circle; the first package is the one that is pinned. */
export const programs = fc
  .array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      version: fc.constantFrom("1.0.0", "1.1.0", "2.0.0"),
      wanted: fc.array(fc.nat(), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((packages) =>
    packages.map(({ name, version, wanted }, index): MadeUpPackage => {
      const needs = new Map<string, number>();
      const later = packages.length - index - 1;
      for (const number of later > 0 ? wanted : []) {
        const chosen = index + 1 + (number % later);
        needs.set((packages[chosen] as { name: string }).name, chosen);
      }
      // As with Node, a package that asks for its own name finds itself.
      needs.delete(name);
      return { name, version, needs: [...needs.values()] };
    }),
  );

/** Installs a program as pnpm does: every package in a folder of its own, with links to what it needs beside it. */
export function installProgram(packages: readonly MadeUpPackage[]): string {
  const modules = (index: number) => `node_modules/.pnpm/package-${index}/node_modules`;
  const at = (index: number) => packages[index] as MadeUpPackage;
  const tree: Record<string, Installed> = {};
  for (const [index, { name, version, needs }] of packages.entries()) {
    const dependencies = Object.fromEntries(needs.map((need) => [at(need).name, `^${at(need).version}`]));
    tree[`${modules(index)}/${name}`] = { version, dependencies };
    for (const need of needs)
      tree[`${modules(index)}/${at(need).name}`] = { link: `${modules(need)}/${at(need).name}` };
  }
  tree[`node_modules/${at(0).name}`] = { link: `${modules(0)}/${at(0).name}` };
  return installedTree(tree);
}
