import { basename, dirname, join, sep } from "node:path";
import type { Need, PackageNode } from "./dependency-graph";
import { type InstalledPackage, packageFolderOf, readPackage, textsIn } from "./installed-package";
import type { InstallationRecord } from "./installation-record";

/**
 * True for a package that no registry has in this form: linked, from a folder, a tarball or git, or patched. It has to go with the model.
 *
 * @param specs what the packages that need it ask for
 */
export function isForeign(installed: InstalledPackage, specs: readonly string[], record: InstallationRecord): boolean {
  const { folder, manifest } = installed;
  // A link leads out of node_modules.
  if (packageFolderOf(join(folder, "package.json")) !== folder) return true;
  return (
    manifest.private === true ||
    /^(file|git|link)/.test(record.resolved ?? "") ||
    PNPM_FOREIGN.test(folder.split(sep).join("/")) ||
    [...specs, ...projectSpecs(installed)].some(isForeignSpec)
  );
}

/** pnpm's folders are named for where the package came from, and whether it was patched. */
const PNPM_FOREIGN = /\/\.pnpm\/[^/]*(@(file|git|ssh|https?)[+:]|patch_hash)/;

/** What the project asks for in whose own `node_modules` the package stands. */
function projectSpecs({ folder, name }: InstalledPackage): readonly string[] {
  const modules = folder.slice(0, folder.length - name.length - 1);
  if (basename(modules) !== "node_modules") return [];
  const { manifest } = readProject(dirname(modules)) ?? { manifest: {} };
  return ["dependencies", "devDependencies", "optionalDependencies"].flatMap(
    (kind) => textsIn(manifest[kind as keyof typeof manifest])[name] ?? [],
  );
}

function readProject(folder: string): Pick<InstalledPackage, "manifest"> | undefined {
  try {
    return readPackage(folder);
  } catch {
    // The user's own package.json is no part of what is pinned.
    return undefined;
  }
}

/** An address or a path; names of versions, aliases of npm's and pnpm's catalogue are answered by a registry. */
const isForeignSpec = (spec: string): boolean => /[/:]/.test(spec) && !/^(npm|jsr|catalog):/.test(spec);

/** For each package what is asked of it, by all that need it. */
export function specsOf(roots: readonly Need[], nodes: readonly PackageNode[]): Map<PackageNode, string[]> {
  const specs = new Map<PackageNode, string[]>();
  for (const { to, spec } of [...roots, ...nodes.flatMap(({ needs }) => needs)])
    specs.set(to, [...(specs.get(to) ?? []), spec]);
  return specs;
}
