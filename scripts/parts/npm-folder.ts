import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../run-command";

/** Makes `folder` anew as an npm project that holds the given `name@version`s; no install script is run. */
export async function installNpmFolder(folder: string, packages: readonly string[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  await runCommand("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], { cwd: folder });
}
