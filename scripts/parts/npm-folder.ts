import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command";

/**
 * Makes `folder` anew as an npm project that holds the given `name@version`s; no install script is run.
 *
 * @param overrides versions of packages that these depend on, where their own choice will not do.
 */
export async function installNpmFolder(
  folder: string,
  packages: readonly string[],
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `${JSON.stringify({ private: true, overrides })}\n`);
  await runCommand("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], { cwd: folder });
}
