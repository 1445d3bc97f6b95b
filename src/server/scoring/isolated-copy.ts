import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isolatedEnvironment, type IsolatedEnvironmentOptions } from "../../models/environment/isolated";
import { findModel } from "../../models/loaded";

/**
 * A copy of a model, away from every project, with the packages that are pinned with it as its own: what Node finds for code and libraries of the
 * model is found there before anything else. It is removed when the process ends.
 *
 * Rejects as `loadModel` does, and where nothing is pinned or npm fails.
 */
export async function isolatedCopy(uri: string, options: IsolatedEnvironmentOptions): Promise<string> {
  const folder = await findModel(uri);
  const environment = await isolatedEnvironment(folder, options);
  const parent = mkdtempSync(join(tmpdir(), "trackbook-isolated-"));
  process.once("exit", () => rmSync(parent, { recursive: true, force: true }));
  const copy = join(parent, "model");
  const own = join(folder, "node_modules");
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== own });
  symlinkSync(join(environment, "node_modules"), join(copy, "node_modules"), "junction");
  return copy;
}
