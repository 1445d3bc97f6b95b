import { existsSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "../repository";
import { installNpmFolder } from "./npm-folder";
import type { Part } from "./part";
import { Stamp } from "./stamp";

/** The Node versions that every import order is tried on, besides the one that runs the tests. */
const VERSIONS = { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0", 26: "26.10.0" } as const;

type NodeMajor = keyof typeof VERSIONS;

export const NODE_MAJORS = [20, 22, 24, 26] as const satisfies readonly NodeMajor[];

const PLATFORM = process.platform === "win32" ? "win" : process.platform;
const PACKAGE = `node-${PLATFORM}-${process.arch}`;

export const nodes = NODE_MAJORS.map(nodePart);

/** Where Node of that major version is, once its part is ready. */
export function nodeExecutable(major: NodeMajor): string {
  const file = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  return join(folderOf(major), "node_modules", PACKAGE, file);
}

function nodePart(major: NodeMajor): Part<`node${NodeMajor}`> {
  const stamp = new Stamp(folderOf(major), PACKAGE, VERSIONS[major]);
  const paths = { node: nodeExecutable(major) };
  return {
    name: `node${major}`,
    what: `Node ${VERSIONS[major]}`,
    needs: [],
    command: "npm run prepare-tests",
    find: () => (stamp.isCurrent() && existsSync(paths.node) ? paths : undefined),
    async supply() {
      await installNpmFolder(folderOf(major), [`${PACKAGE}@${VERSIONS[major]}`]);
      stamp.write();
    },
  };
}

function folderOf(major: NodeMajor): string {
  return join(CACHE, "nodes", String(major));
}
