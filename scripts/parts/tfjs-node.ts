import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CACHE, REPOSITORY } from "../repository";
import { hasCommand, runCommand } from "../run-command";
import { installDebianPackages } from "./debian";
import { installNpmFolder } from "./npm-folder";
import type { Part } from "./part";
import { ensureVenvModule } from "./python";
import { Stamp } from "./stamp";

const FOLDER = join(CACHE, "tfjs-node");
const PACKAGE = join(FOLDER, "node_modules/@tensorflow/tfjs-node");
const BINDING = join(PACKAGE, "lib/napi-v8/tfjs_binding.node");
const SCRIPT = join(REPOSITORY, "scripts/build-tfjs-node.sh");
const PACKAGES = ["@tensorflow/tfjs-node@4.22.0", "node-gyp@11.4.2"];
const TENSORFLOW = "2.15.1";

const stamp = new Stamp(FOLDER, ...PACKAGES, TENSORFLOW, readFileSync(SCRIPT, "utf8"));

export const tfjsNode: Part<"tfjs-node"> = {
  name: "tfjs-node",
  what: "TensorFlow.js' native backend (Linux on x64)",
  needs: [],
  command: "sudo apt-get install g++ make python3-venv && npm run prepare-tests",
  find: () => (stamp.isCurrent() && existsSync(BINDING) ? { folder: FOLDER } : undefined),
  async supply() {
    if (process.platform !== "linux" || process.arch !== "x64") throw new Error("it is built for Linux on x64 only");
    await ensureVenvModule();
    if (!(await hasCommand("g++")) || !(await hasCommand("make"))) await installDebianPackages(["g++", "make"]);
    await installNpmFolder(FOLDER, PACKAGES);
    await runCommand("bash", [SCRIPT, FOLDER, TENSORFLOW, nodeHeaders()]);
    stamp.write();
  },
};

/** The folder with Node's headers that came with this Node, or `""`: then node-gyp downloads them. */
function nodeHeaders(): string {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include/node/node_api.h")) ? prefix : "";
}
