import { existsSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "../repository";
import { installNpmFolder } from "./npm-folder";
import type { Part } from "./part";
import { Stamp } from "./stamp";

const VERSION = "1.30.0";
const FOLDER = join(CACHE, "onnxruntime");

const stamp = new Stamp(FOLDER, VERSION);

export const onnxruntime: Part<"onnxruntime"> = {
  name: "onnxruntime",
  what: `onnxruntime-node ${VERSION}`,
  needs: [],
  command: "npm run prepare-tests",
  find: () =>
    stamp.isCurrent() && existsSync(join(FOLDER, "node_modules/onnxruntime-node")) ? { folder: FOLDER } : undefined,
  async supply() {
    await installNpmFolder(FOLDER, [`onnxruntime-node@${VERSION}`]);
    stamp.write();
  },
};
