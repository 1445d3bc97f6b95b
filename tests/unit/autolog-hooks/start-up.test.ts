import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";

const TSX = createRequire(__filename).resolve("tsx/cjs");
const LIST = "require(process.argv[1]); console.log(JSON.stringify(Object.keys(require.cache)))";

/** What runs the source and is none of it. */
const LOADER = /(^|\/)node_modules\/(tsx|esbuild)\//;

/** Paths of the files that a program loads which only imports trackbook, relative to the repository. */
function loadedBy(entry: string): readonly string[] {
  const args = ["-r", TSX, "-e", LIST, join(REPOSITORY, "src", entry)];
  const files: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  return files.map((file) => relative(REPOSITORY, file).split(sep).join("/")).filter((file) => !LOADER.test(file));
}

test.each(["index.ts", "register.ts"])(
  "importing %s loads no package and nothing that only later is needed",
  (entry) => {
    const files = loadedBy(entry);
    expect(files).toContain("src/autolog/hooks/patcher.ts");
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
    const late = /^src\/(cli|server|notebook|view|search|stores)\/|source-segment/;
    expect(files.filter((file) => late.test(file))).toEqual([]);
    expect(files.length).toBeLessThan(170);
  },
);
