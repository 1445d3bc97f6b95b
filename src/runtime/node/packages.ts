import { createRequire } from "node:module";
import { join } from "node:path";

/** Loads a package from where the main script is, else from the working directory. */
export function requireFromUser(specifier: string): unknown {
  const fromFolder = createRequire(join(process.cwd(), "index.js"));
  const main = process.argv[1];
  if (main === undefined) return fromFolder(specifier);
  const fromScript = createRequire(join(main, "..", "index.js"));
  return isResolvable(fromScript, specifier) ? fromScript(specifier) : fromFolder(specifier);
}

function isResolvable(require: NodeJS.Require, specifier: string): boolean {
  try {
    require.resolve(specifier);
    return true;
  } catch {
    return false;
  }
}
