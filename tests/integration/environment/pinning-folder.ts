import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../../../scripts/repository";
import { environmentOf, type ModelEnvironment } from "../../../src/models/environment";
import { temporaryFolder } from "../../support/temporary-folder";

/** What goes with a model that needs `packages`, as they are installed where `file` is. */
export const pinned = (file: string, ...packages: readonly string[]): ModelEnvironment =>
  environmentOf({ packages }, {}, { file }) as ModelEnvironment;

/** A folder like a model's that pins packages of this repository, by default a small one. */
export const pinningFolder = (...packages: readonly string[]): string =>
  folderOf(pinned(join(REPOSITORY, "index.js"), ...(packages.length > 0 ? packages : ["median-quickselect"])));

/** A new folder with these files of a model. */
export function folderOf({ files }: ModelEnvironment): string {
  const folder = temporaryFolder();
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
