import fc from "fast-check";
import { expect, test } from "vitest";
import type { Need, PackageNode } from "../../../../src/models/environment/dependency-graph";
import { representatives } from "../../../../src/models/environment/equal-packages";
import { type Place, placePackages } from "../../../../src/models/environment/placement";
import { type MadeUpPackage, programs } from "../../../support/random-tree";
import { samples } from "../../../support/samples";

/** The packages as they are found installed. */
function found(packages: readonly MadeUpPackage[]): readonly Need[] {
  const nodes = packages.map(({ name, version }, index) => ({
    installed: { folder: `/${index}`, name, version, manifest: {} },
    needs: [] as Need[],
  }));
  const need = (index: number) => {
    const to = nodes[index] as PackageNode;
    return { name: to.installed.name, spec: to.installed.version, optional: false, to };
  };
  for (const [index, { needs }] of packages.entries()) nodes[index]?.needs.push(...needs.map(need));
  return [need(0)];
}

type Places = ReadonlyMap<string, Place>;

/** The place that Node finds for `name` from a module in the package at `place`. */
function resolve(places: Places, place: string, name: string): string | undefined {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))) {
    const candidate = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
    if (places.has(candidate)) return candidate;
    if (from === "") return undefined;
  }
}

/** Each package that finds another one than where it was trained, as a sentence. */
function differences(needs: readonly Need[], places: Places): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (from: string, { name, to }: Need) => {
    const place = resolve(places, from, name);
    const there = place === undefined ? undefined : places.get(place)?.node?.installed;
    if (place === undefined || there?.version !== to.installed.version) {
      found.push(`${from || "the model"} finds ${name}@${there?.version} and not ${to.installed.version}`);
      return;
    }
    const pair = `${to.installed.folder} ${place}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    for (const need of to.needs) visit(place, need);
  };
  for (const need of needs) visit("", need);
  return found;
}

test("whatever is installed, every package finds for all that it needs what it found before", () => {
  fc.assert(
    fc.property(programs, (packages) => {
      const roots = found(packages);
      const places = placePackages(
        roots,
        representatives(roots, () => false),
      );
      expect(differences(roots, new Map(places.map((place) => [place.path, place])))).toEqual([]);
    }),
    { numRuns: samples(500) },
  );
});
