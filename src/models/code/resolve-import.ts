import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** Endings that may be left out, or stand for a TypeScript file of the same name. */
const ENDINGS = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".json", ".node", ".d.ts"];
const TYPESCRIPT: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/** The file that a relative specifier means in that file; `undefined` when there is none. */
export function resolveRelative(from: string, specifier: string): string | undefined {
  const target = resolve(dirname(from), specifier.replace(/[?#].*$/, ""));
  const sourceOf = target.replace(/\.[cm]?js$/, (ending) => TYPESCRIPT[ending] ?? ending);
  const candidates = [target, sourceOf, ...ENDINGS.map((ending) => target + ending)];
  return candidates.find(isFile) ?? resolveFolder(from, specifier, target);
}

/** `require` of a folder: what its package.json names, or its index. */
function resolveFolder(from: string, specifier: string, target: string): string | undefined {
  try {
    const found = createRequire(from).resolve(specifier);
    if (isFile(found)) return found;
  } catch {
    // Node has no such file; a TypeScript program may.
  }
  return ENDINGS.map((ending) => join(target, `index${ending}`)).find(isFile);
}

/** False also for what cannot be looked at. */
export const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
