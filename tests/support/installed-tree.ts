import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { temporaryFolder } from "./temporary-folder";

/** What stands at a path of a made-up project: a package's manifest, a link to another path, or a file's text. */
export type Installed = Readonly<Record<string, unknown>> | { readonly link: string } | string;

/**
 * Writes a project as a package manager leaves it, below a new folder. Packages are given by their paths, such as `node_modules/a`, with what is to be said in package.json beside
 * their names; version 1.0.0 where none is.
 */
export function installedTree(tree: Readonly<Record<string, Installed>>): string {
  const project = temporaryFolder();
  for (const [path, what] of Object.entries(tree)) {
    const place = join(project, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof what === "string") writeFileSync(place, what);
    else if (typeof what.link === "string") symlinkSync(relative(dirname(place), join(project, what.link)), place);
    else writePackage(place, what);
  }
  return project;
}

function writePackage(folder: string, manifest: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  const name = folder.split("node_modules/").at(-1);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0", ...manifest }));
  writeFileSync(join(folder, "index.js"), `exports.name = ${JSON.stringify(name)};\n`);
}
