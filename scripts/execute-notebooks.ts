/**
 * Executes the notebooks through the real kernel and writes them back with their outputs. A notebook whose outputs say
 * what they said before, ids and times aside, keeps its file to the byte.
 *
 * npm run notebooks [-- NAME.ipynb …]
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { executeNotebook } from "./notebooks/execute";
import { readNotebook, writeNotebook } from "./notebooks/notebook-file";
import { createNotebookFolder, NOTEBOOK_NAMES, NOTEBOOKS } from "./notebooks/notebook-folder";
import { steadyForm } from "./notebooks/steady-form";
import { python } from "./parts/python";
import { tslab } from "./parts/tslab";

async function executeNotebooks(wanted: readonly string[]): Promise<void> {
  const jupyter = { ...python.find(), ...tslab.find() };
  if (!jupyter.jupyter || !jupyter.jupyterPath) throw new Error("there is no Jupyter: npm run prepare-tests");
  const { jupyter: command, jupyterPath } = jupyter;

  const folder = createNotebookFolder();
  try {
    for (const name of wanted) {
      const file = join(NOTEBOOKS, name);
      const start = Date.now();
      const executed = await executeNotebook(folder, name, { jupyter: command, jupyterPath });
      const isSame = isDeepStrictEqual(steadyForm(executed), steadyForm(readNotebook(file)));
      if (!isSame) writeNotebook(file, executed);
      console.log(`${name}: ${isSame ? "as before" : "written"} (${Math.round((Date.now() - start) / 1000)} s)`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [, , ...names] = process.argv;
executeNotebooks(names.length > 0 ? names : NOTEBOOK_NAMES).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
