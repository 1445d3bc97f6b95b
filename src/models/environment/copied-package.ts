import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { messages, TrackbookError } from "../../core";
import type { ModelFile } from "../flavor";
import { type InstalledPackage, textsIn } from "./installed-package";
import { packTarball, type TarballFile } from "./tarball";

/** A package that no registry has, packed to go with the model. */
export interface CopiedPackage {
  readonly file: ModelFile;
  /** As `package-lock.json` has it. */
  readonly integrity: string;
}

/** The folder of a model in which copied packages lie. */
export const COPIES = "packages";

/** What is larger is no library but a data set or a build: a model is not the place to keep it. */
const LIMITS = { bytes: 4_000_000, files: 1_000 } as const;

/**
 * Packs a package's folder into `packages/<name>-<version>.tgz`, as `npm pack` would: without its `node_modules`, hidden files and links, and only what its `files` name, where
 * it has such a list. It is installed as it is: what serves its developers alone is taken out of its package.json.
 *
 * @param needs its dependencies, as the lock file has them
 * @throws TrackbookError when it is too large, or a file of it cannot be read
 */
export function copyPackage(installed: InstalledPackage, needs: Readonly<Record<string, unknown>>): CopiedPackage {
  const { name, version } = installed;
  const kept = Object.entries(installed.manifest).filter(([key]) => !REPLACED.test(key));
  const own = Buffer.from(
    `${JSON.stringify({ ...Object.fromEntries(kept), name, version, ...needs }, undefined, 2)}\n`,
  );
  const bytes = packTarball([{ path: "package.json", bytes: own, isExecutable: false }, ...filesOf(installed)]);
  const path = `${COPIES}/${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`;
  return { file: { path, bytes }, integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}` };
}

/** Dependencies of every kind, and scripts: some would be run when it is installed. */
const REPLACED = /^(scripts|overrides|.*dependencies(Meta)?)$/i;

function filesOf(installed: InstalledPackage): readonly TarballFile[] {
  const { folder } = installed;
  const files: TarballFile[] = [];
  let size = 0;
  const visit = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (!isPacked(inner, entry.isDirectory(), installed)) continue;
      if (entry.isDirectory()) visit(inner);
      if (!entry.isFile() || inner === "package.json") continue;
      const { size: bytes, mode } = statSync(join(folder, inner));
      size += bytes;
      if (size > LIMITS.bytes || files.length >= LIMITS.files)
        throw new TrackbookError(messages.packageTooLarge(installed.name, folder, LIMITS));
      files.push({ path: inner, bytes: readFileSync(join(folder, inner)), isExecutable: (mode & 0o111) !== 0 });
    }
  };
  try {
    visit("");
  } catch (cause) {
    if (cause instanceof TrackbookError) throw cause;
    throw new TrackbookError(messages.packageUnreadable(folder, cause), { cause });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file that npm packs whatever `files` says. */
const ALWAYS = /^(readme|licen[cs]e|notice)(\.[^/]*)?$/i;

function isPacked(path: string, isFolder: boolean, { manifest }: InstalledPackage): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  // Hidden files may hold what is secret.
  if (name.startsWith(".") || name === "node_modules") return false;
  const { files, main, bin } = manifest;
  if (!Array.isArray(files) || ALWAYS.test(path)) return true;
  const listed = [...files, main, ...(typeof bin === "string" ? [bin] : Object.values(textsIn(bin)))]
    .filter((entry): entry is string => typeof entry === "string" && !entry.startsWith("!"))
    .map(fixedPart);
  return listed.some((entry) => isWithin(path, entry) || (isFolder && isWithin(entry, path)));
}

/** What stands before the first wildcard of an entry: rather too much is packed than too little. */
const fixedPart = (entry: string): string =>
  entry
    .replace(/^\.?\//, "")
    .replace(/(^|\/)[^/]*[*?[{].*$/, "")
    .replace(/\/$/, "");

/** `main` may leave the file's ending out. */
const isWithin = (path: string, entry: string): boolean =>
  entry === "" || path === entry || path.startsWith(`${entry}/`) || path.startsWith(`${entry}.`);
