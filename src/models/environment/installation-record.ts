import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { InstalledPackage } from "./installed-package";

/** What npm has noted of a package that it installed. */
export interface InstallationRecord {
  /** The digest of what the registry gave, in the form of Subresource Integrity. */
  readonly integrity?: string;
  /** Where it came from; absent with npm's option `omit-lockfile-registry-resolved`. */
  readonly resolved?: string;
}

type Records = Readonly<Record<string, { readonly version?: unknown } & Readonly<Record<string, unknown>>>>;

/**
 * Looks packages up in npm's own record of an installation, `node_modules/.package-lock.json`; other package managers leave none. Reads each such file once. A record
 * of another version than is there is out of date, and none.
 */
export function installationRecords(): (installed: InstalledPackage) => InstallationRecord {
  const files = new Map<string, Records | undefined>();
  const recordsIn = (project: string): Records | undefined => {
    if (!files.has(project)) files.set(project, readRecords(project));
    return files.get(project);
  };
  return ({ folder, version }) => {
    for (let project = dirname(folder); project !== dirname(project); project = dirname(project)) {
      if (!folder.startsWith(join(project, "node_modules") + sep)) continue;
      const record = recordsIn(project)?.[relative(project, folder).split(sep).join("/")];
      if (record?.version === version) return { integrity: text(record.integrity), resolved: text(record.resolved) };
    }
    return {};
  };
}

function readRecords(project: string): Records | undefined {
  try {
    const { packages } = JSON.parse(readFileSync(join(project, "node_modules", ".package-lock.json"), "utf8")) as {
      packages?: Records;
    };
    return packages;
  } catch {
    // It serves to verify what is installed later; without it the versions are pinned all the same.
    return undefined;
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
