import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { DIST, REPOSITORY } from "./repository";
import { runCommand } from "./run-command";

/** The package's doors, as paths below `src/` and `dist/` without ending. */
export const ENTRIES = ["index", "notebook/index", "register"] as const;

/**
 * Writes `dist/<entry>.mjs` and `.d.mts` beside each built CommonJS entry, so that `import` and `require` share one
 * copy of the code and its state. An entry that needs more has its own `src/<entry>.mjs` (and `.d.mts`): it is copied.
 */
export async function writeEsmWrappers(): Promise<void> {
  await Promise.all(ENTRIES.map(writeWrapper));
}

async function writeWrapper(entry: string): Promise<void> {
  const own = join(REPOSITORY, "src", entry);
  const built = join(DIST, entry);
  if (existsSync(`${own}.mjs`)) await copyFile(`${own}.mjs`, `${built}.mjs`);
  else await writeFile(`${built}.mjs`, wrapperSource(basename(entry), await exportNames(`${built}.js`)));

  if (existsSync(`${own}.d.mts`)) await copyFile(`${own}.d.mts`, `${built}.d.mts`);
  else await writeFile(`${built}.d.mts`, `export * from "./${basename(entry)}.js";\n`);
}

/** The text of an ES module that re-exports `names` of the CommonJS module `./<module>.js` beside it. */
export function wrapperSource(module: string, names: readonly string[]): string {
  if (names.length === 0) return `import "./${module}.js";\n`;
  return `import cjs from "./${module}.js";\n\nexport const {\n${names.map((name) => `  ${name},\n`).join("")}} = cjs;\n`;
}

/** What the built CommonJS module exports, read by loading it in a process of its own. */
async function exportNames(file: string): Promise<string[]> {
  const program = "process.stdout.write(JSON.stringify(Object.keys(require(process.argv[1]))))";
  return JSON.parse(await runCommand(process.execPath, ["-e", program, file]));
}
