import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInputError, messages } from "../../../core";
import { makeFolder } from "../../../core/disk";
import { COPIES } from "../../../models/environment";
import { findModel, readModelInfo } from "../../../models/loaded";
import { dockerfile } from "./dockerfile";

/** What of this package goes into an image. */
const PACKAGE_FILES = ["package.json", "dist", "LICENSE"];

/**
 * Writes a folder that Docker builds an image from: the Dockerfile, a copy of the model, and this package.
 *
 * Rejects as `loadModel` does for a model that is not there, and with RESOURCE_ALREADY_EXISTS when the folder is not empty.
 */
export async function writeDockerFolder(modelUri: string, folder: string, packageFolder: string): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new InvalidInputError(messages.folderNotEmpty(folder));
  if (!existsSync(join(packageFolder, "dist/cli/index.js")))
    throw new InvalidInputError(messages.notBuilt(packageFolder));
  const model = await findModel(modelUri);
  const { flavors } = readModelInfo(model);
  const configs = Object.values(flavors);
  makeFolder(folder);
  for (const file of PACKAGE_FILES)
    cpSync(join(packageFolder, file), join(folder, "trackbook", file), { recursive: true });
  cpSync(model, join(folder, "model"), { recursive: true, filter: (path) => path !== join(model, "node_modules") });
  const text = dockerfile({
    modelUri,
    nodeMajor: majorOf(configs.map(({ node_version: version }) => version).find(Boolean)),
    hasLock: existsSync(join(model, "package-lock.json")),
    hasCopies: existsSync(join(model, COPIES)),
    packages: configs.flatMap(packageOf),
  });
  writeFileSync(join(folder, "Dockerfile"), text);
  writeFileSync(join(folder, ".dockerignore"), "**/node_modules\n");
}

/** Of the Node that the model was made with, where it is one that trackbook runs on; else of this one. */
function majorOf(version: unknown): string {
  const major = Number(/^v?(\d+)\./.exec(String(version))?.[1]);
  return String(major >= 20 ? major : Number.parseInt(process.versions.node, 10));
}

function packageOf({ package: name, package_version: version }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof name !== "string" || typeof version !== "string") return [];
  // Written into a command line.
  return /^[\w@/.-]+$/.test(name) && /^[\w.+-]+$/.test(version) ? [`${name}@${version}`] : [];
}
