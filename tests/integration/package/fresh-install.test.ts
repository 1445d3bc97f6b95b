import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../../../scripts/run-command";
import { newFolder, packPackage } from "./packed-package";

const TSX = createRequire(__filename).resolve("tsx/cli");

const LISTING = `console.log(JSON.stringify({
  root: Object.keys(root).filter((name) => name !== "default").sort(),
  notebook: Object.keys(notebook).filter((name) => name !== "default").sort(),
}));
`;
const IMPORTS = `import * as root from "trackbook";\nimport * as notebook from "trackbook/notebook";\n${LISTING}`;
const REQUIRES = `const root = require("trackbook");\nconst notebook = require("trackbook/notebook");\n${LISTING}`;

let folder: string;
beforeAll(async () => {
  folder = newFolder();
  const { tarball } = await packPackage();
  writeFileSync(join(folder, "package.json"), "{}");
  await runCommand("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: folder });
});

function run(file: string, source: string, ...options: string[]): Promise<string> {
  writeFileSync(join(folder, file), source);
  return runCommand(process.execPath, [...options, file], { cwd: folder });
}

describe("installed into an empty folder", () => {
  test("import and require see the same names, in JavaScript and in TypeScript", async () => {
    const required = JSON.parse(await run("required.cjs", REQUIRES));
    expect(required.root).toEqual(expect.arrayContaining(["autolog", "logMetric", "startRun"]));
    expect(required.notebook).toEqual(expect.arrayContaining(["compareRuns", "showRun", "showRuns"]));

    expect(JSON.parse(await run("imported.mjs", IMPORTS))).toEqual(required);
    expect(JSON.parse(await run("imported.ts", IMPORTS, TSX))).toEqual(required);
    expect(JSON.parse(await run("imported.mts", IMPORTS, TSX))).toEqual(required);
  });

  test("an ES module and a CommonJS module share one trackbook", async () => {
    const source = `import * as imported from "trackbook";
      import { createRequire } from "node:module";
      const required = createRequire(import.meta.url)("trackbook");
      console.log(Object.keys(required).every((name) => imported[name] === required[name]));`;
    expect(await run("shared.mjs", source)).toBe("true\n");
  });

  test("can be preloaded for both kinds of program", async () => {
    expect(await run("preloaded.mjs", "console.log('trained');", "--import", "trackbook/register")).toBe("trained\n");
    expect(await run("preloaded.cjs", "console.log('trained');", "--require", "trackbook/register")).toBe("trained\n");
  });

  test("brings no library to train with: those are the user's choice", async () => {
    const listed = JSON.parse(await runCommand("npm", ["ls", "--json"], { cwd: folder }));
    expect(Object.keys(listed.dependencies)).toEqual(["trackbook"]);
    const tree = await runCommand("npm", ["ls", "--all", "--parseable"], { cwd: folder });
    expect(tree).not.toMatch(/node_modules\/(@tensorflow|tslab|ml-)/);
  });
});
