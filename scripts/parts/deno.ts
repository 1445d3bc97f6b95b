import { existsSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CACHE } from "../repository";
import { runCommand } from "../run-command";
import { installNpmFolder } from "./npm-folder";
import type { Part } from "./part";
import { Stamp } from "./stamp";

const VERSION = "2.9.6";
const FOLDER = join(CACHE, "deno");
const JUPYTER_PATH = join(CACHE, "jupyter/share/jupyter");
const KERNEL = join(JUPYTER_PATH, "kernels/deno");
const DENO = join(FOLDER, "node_modules/deno", process.platform === "win32" ? "deno.exe" : "deno");

const stamp = new Stamp(FOLDER, VERSION);

export const deno: Part<"deno"> = {
  name: "deno",
  what: `Deno ${VERSION} and its Jupyter kernel`,
  needs: [],
  command: "npm run prepare-tests",
  find: () => (stamp.isCurrent() && existsSync(KERNEL) ? { deno: DENO, jupyterPath: JUPYTER_PATH } : undefined),
  async supply() {
    await installNpmFolder(FOLDER, [`deno@${VERSION}`]);
    // What its install script does: the package for this platform is linked to the place where `deno` is looked for.
    const installer = createRequire(join(FOLDER, "package.json"))("deno/install_api.cjs") as { runInstall(): string };
    installer.runInstall();
    await installKernel();
    stamp.write();
  },
};

/** `deno jupyter --install` writes below the home folder whatever it is told, so it gets one of its own. */
async function installKernel(): Promise<void> {
  const home = join(FOLDER, "home");
  const env = { HOME: home, DENO_DIR: join(FOLDER, "cache"), DENO_NO_UPDATE_CHECK: "1" };
  await runCommand(DENO, ["jupyter", "--install"], { env });
  const data = process.platform === "darwin" ? "Library/Jupyter" : ".local/share/jupyter";
  await cp(join(home, data, "kernels/deno"), KERNEL, { recursive: true });

  const file = join(KERNEL, "kernel.json");
  const kernelspec = JSON.parse(await readFile(file, "utf8"));
  const { HOME, ...kernelEnv } = env;
  await writeFile(file, `${JSON.stringify({ ...kernelspec, env: { ...kernelspec.env, ...kernelEnv } }, null, 2)}\n`);
}
