import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";

const TSX = createRequire(__filename).resolve("tsx/cjs");
const LIST = "require(process.argv[1]); console.log(JSON.stringify(Object.keys(require.cache)))";

/** What runs the source and is none of it. */
const LOADER = /(^|\/)node_modules\/(tsx|esbuild)\//;

/** Paths of the files that a program loads which only imports trackbook, relative to the repository; its working and home folder is `cwd`. */
function loadedBy(entry: string, cwd: string): readonly string[] {
  const args = ["-r", TSX, "-e", LIST, join(REPOSITORY, "src", entry)];
  const env = { ...process.env, HOME: cwd, XDG_CACHE_HOME: cwd };
  const files: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", cwd, env }));
  return files.map((file) => relative(REPOSITORY, file).split(sep).join("/")).filter((file) => !LOADER.test(file));
}

test.each(["index.ts", "register.ts"])(
  "importing %s writes nothing, and loads no package and nothing that is needed only later",
  (entry) => {
    const folder = mkdtempSync(join(tmpdir(), "trackbook-start-up-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const files = loadedBy(entry, folder);
    expect(readdirSync(folder)).toEqual([]);
    expect(files).toContain("src/autolog/hooks/patcher.ts");
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
    const late =
      /^src\/(cli|server|notebook|models|view|search|stores)\/|^src\/libraries\/.+\/(training|flavor)\.ts$|source-segment/;
    expect(files.filter((file) => late.test(file))).toEqual([]);
    expect(files.length).toBeLessThanOrEqual(120);
  },
);
