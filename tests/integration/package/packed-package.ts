import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";

export interface PackedPackage {
  /** Path of the packed `.tgz`. */
  readonly tarball: string;
  /** Paths in it, relative to the package. */
  readonly files: readonly string[];
  /** Bytes of the tarball. */
  readonly size: number;
}

/** Packs what `npm run build` made, as `npm publish` would. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = newFolder();
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = Object.values(JSON.parse(await runCommand("npm", args))) as [NpmPackResult];
  return { tarball: join(folder, packed.filename), files: packed.files.map((file) => file.path), size: packed.size };
}

interface NpmPackResult {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** The package.json of this repository. */
export function readManifest(): {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder outside the repository, removed after the tests of the file that asks for it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-package-"));
  folders.push(folder);
  return folder;
}
