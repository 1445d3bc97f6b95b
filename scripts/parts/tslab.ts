import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CACHE, REPOSITORY } from "../repository";
import { runCommand } from "../run-command";
import { NODE_MAJORS, nodeExecutable } from "./nodes";
import type { Part } from "./part";
import { python } from "./python";
import { Stamp } from "./stamp";

const PREFIX = join(CACHE, "jupyter");
const JUPYTER_PATH = join(PREFIX, "share/jupyter");
const TSLAB = join(REPOSITORY, "node_modules/tslab");
const TSLAB_COMMAND = join(TSLAB, "bin/tslab");

export const tslab: Part<"tslab"> = {
  name: "tslab",
  what: "the tslab kernel in Jupyter, on this Node and on each other one",
  needs: ["python"],
  command: "npm ci && npm run prepare-tests",
  find: () => (existsSync(TSLAB) && stamp().isCurrent() ? { jupyterPath: JUPYTER_PATH } : undefined),
  async supply() {
    const paths = python.find();
    if (!paths) throw new Error("there is no Python to install the kernel with");
    await runCommand(TSLAB_COMMAND, [
      "install",
      `--python=${paths.python}`,
      `--prefix=${PREFIX}`,
      `--binary=${TSLAB_COMMAND}`,
    ]);
    await Promise.all(NODE_MAJORS.map(writeKernelspec));
    stamp().write();
  },
};

function stamp(): Stamp {
  return new Stamp(join(JUPYTER_PATH, "kernels/tslab"), readFileSync(join(TSLAB, "package.json"), "utf8"));
}

/** `tslab install` knows only the Node it runs on; the others get the same kernelspec with their own Node in front. */
async function writeKernelspec(major: (typeof NODE_MAJORS)[number]): Promise<void> {
  const folder = join(JUPYTER_PATH, `kernels/tslab-node${major}`);
  const kernelspec = {
    argv: [nodeExecutable(major), TSLAB_COMMAND, "kernel", "--config-path", "{connection_file}"],
    display_name: `TypeScript (Node ${major})`,
    language: "typescript",
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "kernel.json"), `${JSON.stringify(kernelspec, null, 2)}\n`);
}
