import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package that a file belongs to: it says whether `.js` is an ES module. */
export interface PackageScope {
  /** The folder of its package.json; the root of the disk when there is none. */
  readonly folder: string;
  readonly type: "module" | "commonjs" | undefined;
}

/** The nearest package.json at or above a file. */
export function scopeOf(file: string): PackageScope {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = readManifest(folder);
    if (manifest || folder === dirname(folder)) return { folder, type: manifest?.type };
  }
}

function readManifest(folder: string): { readonly type: PackageScope["type"] } | undefined {
  try {
    const { type } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly type?: unknown };
    return { type: type === "module" || type === "commonjs" ? type : undefined };
  } catch {
    return undefined;
  }
}
