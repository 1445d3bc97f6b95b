import type { ModelFile } from "../flavor";
import { type CopiedPackage, copyPackage } from "./copied-package";
import type { DependencyGraph, Need, PackageNode } from "./dependency-graph";
import { reachable, representatives } from "./equal-packages";
import { installationRecords } from "./installation-record";
import { isForeign, specsOf } from "./origin";
import { placePackages } from "./placement";

/** The names of the files that npm reads. */
export const MANIFEST = "package.json";
/** The lock file beside {@link MANIFEST}. */
export const LOCK = "package-lock.json";

/**
 * `package.json` and `package-lock.json` by which `npm ci` installs what `graph` holds, each package in its version and seeing the same others, and
 * the packages that no registry has, packed.
 *
 * No address of a package is written, as with npm's `omit-lockfile-registry-resolved`: whatever registry, mirror or cache is configured where the model is used
 * serves it, nothing of a private registry gets out, and the integrity says that it is the same package.
 *
 * @throws TrackbookError when a package cannot be packed, or the packages have no finite tree
 */
export function lockFiles({ roots }: DependencyGraph): readonly ModelFile[] {
  const nodes = reachable(roots);
  const recordOf = installationRecords();
  const specs = specsOf(roots, nodes);
  const foreign = new Set(
    nodes.filter((node) => isForeign(node.installed, specs.get(node) ?? [], recordOf(node.installed))),
  );
  const same = representatives(roots, (node) => foreign.has(node));
  const copies = new Map([...foreign].map((node) => [node, copyPackage(node.installed, needsOf(node))]));
  const required = new Set(reachable(roots, ({ optional }) => !optional).map(same));

  const dependencies = Object.fromEntries(
    roots.map(({ name, to }) => [name, copies.get(to) ? resolvedOf(copies.get(to)) : to.installed.version]),
  );
  const packages = placePackages(roots, same).map(({ path, name, node }) => {
    const placed = node as PackageNode;
    const copy = copies.get(placed);
    const integrity = copy?.integrity ?? recordOf(placed.installed).integrity;
    const source = { resolved: resolvedOf(copy), integrity, optional: required.has(placed) ? undefined : true };
    return [path, lockEntry(placed, name, source)];
  });
  const manifest = { name: NAME, description: DESCRIPTION, private: true, dependencies };
  const lock = {
    name: NAME,
    lockfileVersion: 3,
    requires: true,
    packages: { "": { name: NAME, dependencies }, ...Object.fromEntries(packages) },
  };
  return [
    { path: MANIFEST, bytes: json(manifest) },
    { path: LOCK, bytes: json(lock) },
    ...[...copies.values()].map(({ file }) => file),
  ];
}

const NAME = "model";
const DESCRIPTION =
  "The packages that this model needs, in the versions that it was trained with: npm ci installs them.";

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const resolvedOf = (copy: CopiedPackage | undefined): string | undefined => copy && `file:${copy.file.path}`;

/** What npm's lock files say of a package; nothing where a field does not apply. */
function lockEntry(node: PackageNode, name: string, source: Readonly<Record<string, unknown>>) {
  const { name: ownName, version, manifest } = node.installed;
  const { engines, os, cpu, libc, bin } = manifest;
  const isCopied = source.resolved !== undefined;
  return {
    ...(name !== ownName && { name: ownName }),
    version,
    ...source,
    ...(!isCopied && hasInstallScript(manifest.scripts) && { hasInstallScript: true }),
    ...needsOf(node),
    bin: typeof bin === "string" ? { [ownName.slice(ownName.indexOf("/") + 1)]: bin } : bin,
    engines,
    os,
    cpu,
    libc,
  };
}

const hasInstallScript = (scripts: unknown): boolean =>
  typeof scripts === "object" &&
  scripts !== null &&
  ["preinstall", "install", "postinstall"].some((script) => script in scripts);

/** A required peer is a dependency like any other: the tree says where it is, and a user's `legacy-peer-deps` must not drop it. */
function needsOf({ needs }: PackageNode): Readonly<Record<string, unknown>> {
  const listed = (optional: boolean) => {
    const some = needs.filter((need) => need.optional === optional);
    return some.length === 0 ? undefined : Object.fromEntries(some.map((need) => [need.name, specOf(need)]));
  };
  return { dependencies: listed(false), optionalDependencies: listed(true) };
}

/** What the package asks for, where the installed version answers it; else (an override, a tag, an address) that very version. */
function specOf({ name, spec, to }: Need): string {
  const { satisfies } = require("semver") as typeof import("semver");
  const { name: ownName, version } = to.installed;
  const alias = /^npm:(@?[^@]+)@(.+)$/.exec(spec);
  const [asked, range] = alias ? [alias[1], alias[2] as string] : [name, spec];
  if (asked === ownName && satisfies(version, range, { loose: true })) return spec;
  return name === ownName ? version : `npm:${ownName}@${version}`;
}
