import { join } from "node:path";
import { runCommand } from "../run-command";
import { type Notebook, readNotebook } from "./notebook-file";

/** Where Jupyter is and where it finds its kernels. */
export interface Jupyter {
  readonly jupyter: string;
  readonly jupyterPath: string;
}

/**
 * Executes a notebook from its first cell to its last in a new kernel, in the folder where it lies.
 *
 * @throws Error with the kernel's words when a cell fails.
 */
export async function executeNotebook(folder: string, name: string, jupyter: Jupyter): Promise<Notebook> {
  await runCommand(jupyter.jupyter, ["execute", "--inplace", "--timeout=120", name], {
    cwd: folder,
    env: { JUPYTER_PATH: jupyter.jupyterPath },
  });
  return readNotebook(join(folder, name));
}
