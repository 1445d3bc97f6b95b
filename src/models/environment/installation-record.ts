import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { InstalledPackage } from "./installed-package";

/** What a package manager has noted of a package that it installed. */
export interface InstallationRecord {
  /** The digest of what the registry gave, in the form of Subresource Integrity. */
  readonly integrity?: string;
  /** Where npm got it; absent with npm's option `omit-lockfile-registry-resolved`. */
  readonly resolved?: string;
}

/** What is read from the folder of a project in which packages are installed. */
interface ProjectRecords {
  /** npm's own record, by path. */
  readonly byPath: NpmRecords;
  /** Integrities that pnpm and yarn have noted, by `name@version`. */
  readonly byVersion: ReadonlyMap<string, string>;
}

type NpmRecords = Readonly<Record<string, { readonly [field: string]: unknown } | undefined>>;

/**
 * Looks packages up in what npm, pnpm or yarn have noted where they installed them. Reads each such file once. What is noted of another version than is there is
 * out of date, and nothing.
 */
export function installationRecords(): (installed: InstalledPackage) => InstallationRecord {
  const known = new Map<string, ProjectRecords>();
  const recordsOf = (project: string): ProjectRecords => {
    const records = known.get(project) ?? { byPath: npmRecords(project), byVersion: integritiesIn(project) };
    known.set(project, records);
    return records;
  };
  return ({ folder, name, version }) => {
    for (let project = dirname(folder); project !== dirname(project); project = dirname(project)) {
      if (!folder.startsWith(join(project, "node_modules") + sep)) continue;
      const { byPath, byVersion } = recordsOf(project);
      const record = byPath[relative(project, folder).split(sep).join("/")];
      if (record?.version === version) return { integrity: text(record.integrity), resolved: text(record.resolved) };
      const integrity = byVersion.get(`${name}@${version}`);
      if (integrity !== undefined) return { integrity };
    }
    return {};
  };
}

function npmRecords(project: string): NpmRecords {
  try {
    const { packages } = JSON.parse(read(project, "node_modules/.package-lock.json")) as { packages?: NpmRecords };
    return packages ?? {};
  } catch {
    // A torn file: without it the versions are pinned all the same.
    return {};
  }
}

/** Where other package managers note integrities: each match is a name, a version and an integrity. */
const LOCKS: readonly (readonly [file: string, entry: RegExp])[] = [
  [
    "node_modules/.pnpm/lock.yaml",
    /^ {2}'?\/?(@?[^@\s']+)@([^'(:\s]+)[^\n]*:\n {4}resolution: \{integrity: (sha\d+-[^,}\s]+)/gm,
  ],
  [
    "yarn.lock",
    /^"?(@?[^@\s"]+)@[^\n]*:\n {2}version "([^"]+)"\n(?: {2}resolved [^\n]*\n)? {2}integrity (sha\d+-\S+)/gm,
  ],
];

function integritiesIn(project: string): ReadonlyMap<string, string> {
  const entries = LOCKS.flatMap(([file, entry]) => [...read(project, file).matchAll(entry)]);
  return new Map(entries.map(([, name, version, integrity]) => [`${name}@${version}`, integrity as string]));
}

function read(project: string, file: string): string {
  try {
    return readFileSync(join(project, file), "utf8");
  } catch {
    return "";
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
