import { existsSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "../repository";
import { installNpmFolder } from "./npm-folder";
import type { Part } from "./part";
import { Stamp } from "./stamp";

const VERSION = "1.2.0";
const FOLDER = join(CACHE, "danfojs");
// Danfo names a tarball outside npm's registry that many networks do not reach, and a TensorFlow.js of its own.
const OVERRIDES = { xlsx: "0.18.5", "@tensorflow/tfjs": "4.22.0" };

const stamp = new Stamp(FOLDER, VERSION, JSON.stringify(OVERRIDES));

export const danfojs: Part<"danfojs"> = {
  name: "danfojs",
  what: `Danfo.js ${VERSION}`,
  needs: [],
  command: "npm run prepare-tests",
  find: () => (stamp.isCurrent() && existsSync(join(FOLDER, "node_modules/danfojs")) ? { folder: FOLDER } : undefined),
  async supply() {
    await installNpmFolder(FOLDER, [`danfojs@${VERSION}`], OVERRIDES);
    stamp.write();
  },
};
