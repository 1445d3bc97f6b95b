import { findPackage, type InstalledPackage, textsIn } from "./installed-package";

/** A package and what it needs, as it was found installed. */
export interface PackageNode {
  readonly installed: InstalledPackage;
  /** By name, sorted. Optional dependencies and required peers among them, where they are installed. */
  readonly needs: readonly Need[];
}

/** One line of a package's dependencies, and the copy that answers it. */
export interface Need {
  /** The name by which it is required: under an alias not the package's own. */
  readonly name: string;
  /** What the package asks for: mostly a range of versions. */
  readonly spec: string;
  readonly optional: boolean;
  readonly to: PackageNode;
}

/** Every package that `packages` need, themselves included: what Node would find for each from its own folder. */
export interface DependencyGraph {
  readonly roots: readonly Need[];
  /** What a package asks for and is not installed, `a needs b`; it worked without. */
  readonly missing: readonly string[];
}

/**
 * Reads what is installed. Nothing is run, and nothing but package.json files is read.
 *
 * @throws TrackbookError when a package.json cannot be read
 */
export function dependencyGraph(packages: readonly InstalledPackage[]): DependencyGraph {
  const nodes = new Map<string, PackageNode>();
  const missing: string[] = [];
  const waiting: { readonly installed: InstalledPackage; readonly needs: Need[] }[] = [];

  const nodeOf = (installed: InstalledPackage): PackageNode => {
    const known = nodes.get(installed.folder);
    if (known) return known;
    const node = { installed, needs: [] };
    nodes.set(installed.folder, node);
    waiting.push(node);
    return node;
  };

  const roots = packages.map((installed) => ({
    name: installed.name,
    spec: installed.version,
    optional: false,
    to: nodeOf(installed),
  }));
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const { name, spec, optional } of asksOf(node.installed)) {
      const found = find(name, node.installed.folder, optional);
      if (found) node.needs.push({ name, spec, optional, to: nodeOf(found) });
      else if (!optional) missing.push(`${node.installed.name} needs ${name}`);
    }
  }
  return { roots, missing };
}

/** What its package.json asks for: dependencies, optional ones, and peers that are required. Development is not the model's. */
function asksOf({ manifest }: InstalledPackage): readonly Omit<Need, "to">[] {
  const optional = textsIn(manifest.optionalDependencies);
  const meta = (manifest.peerDependenciesMeta ?? {}) as Readonly<Record<string, { optional?: unknown } | undefined>>;
  const peers = Object.entries(textsIn(manifest.peerDependencies)).filter(([name]) => meta[name]?.optional !== true);
  const asked = { ...Object.fromEntries(peers), ...textsIn(manifest.dependencies), ...optional };
  return Object.entries(asked)
    .map(([name, spec]) => ({ name, spec, optional: name in optional }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function find(name: string, from: string, optional: boolean): InstalledPackage | undefined {
  try {
    return findPackage(name, from);
  } catch (error) {
    if (optional) return undefined;
    throw error;
  }
}
