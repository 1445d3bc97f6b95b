import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../../scripts/repository";

/** The package under test as it was built: this repository, unless `TRACKBOOK_PACKAGE` names the folder of another copy. */
export const PACKAGE = process.env.TRACKBOOK_PACKAGE ?? REPOSITORY;

/** Every library that trackbook records, as a user installs it. */
export const LIBRARIES: readonly string[] = ["ml-regression", "ml-random-forest", "@tensorflow/tfjs"];

/** A new folder as a user would have it who ran `npm install trackbook` and the packages named. */
export function createInstalledFolder(...packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "trackbook-installed-"));
  linkPackage(folder, "trackbook", PACKAGE);
  for (const name of packages) linkPackage(folder, name, join(REPOSITORY, "node_modules", name));
  return folder;
}

/** Makes a package that stands elsewhere one of the folder's. */
export function linkPackage(folder: string, name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}

/** An expression that loads one of the package's inner folders in a cell, e.g. `runtime`. */
export const inner = (folder: string): string => `require(${JSON.stringify(join(PACKAGE, "dist", folder))})`;

/** The same in Deno, whose cells have no `require`. */
export const innerOfDeno = (folder: string): string =>
  `(await import("node:module")).createRequire(${JSON.stringify(join(PACKAGE, "index.js"))})(${JSON.stringify(join(PACKAGE, "dist", folder))})`;
