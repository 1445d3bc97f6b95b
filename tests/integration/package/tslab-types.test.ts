import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { cellThatCallsEverything, checkCell } from "./cell-program";
import { newFolder } from "./packed-package";
import { unnamedTypes } from "./reachable-types";

let folder: string;
beforeAll(() => {
  folder = newFolder();
  mkdirSync(join(folder, "node_modules/rolled-up"), { recursive: true });
  // A copy and no link: what a link leads to has a path of its own, by which every type can be named.
  const installed = join(folder, "node_modules/trackbook");
  cpSync(join(REPOSITORY, "package.json"), join(installed, "package.json"));
  const isOfTypes = (path: string) => !/\.\w+$/.test(path) || /\.d\.m?ts$/.test(path);
  cpSync(join(REPOSITORY, "dist"), join(installed, "dist"), { recursive: true, filter: isOfTypes });
  symlinkSync(join(REPOSITORY, "node_modules/@types"), join(folder, "node_modules/@types"), "dir");
});

const RESOLUTIONS = ["tslab", "node16", "bundler"] as const;

describe("in a tslab cell, in a module on Node and in a bundled one", () => {
  test.each([
    ["trackbook", "startRun"],
    ["trackbook/notebook", "showRuns"],
  ])("all of %s, %s among it, can be assigned to a const, called or not", (module, name) => {
    const cell = cellThatCallsEverything(folder, module);
    expect(cell).toContain(`await library.${name}(`);
    expect(cell).not.toContain("installLiveDisplay");
    for (const resolution of RESOLUTIONS)
      expect([resolution, ...checkCell(folder, cell, resolution)]).toEqual([resolution]);
  });

  test("every type that the exports mention can be imported by its name", () => {
    const entries = ["dist/index.d.ts", "dist/notebook/index.d.ts"].map((path) => join(REPOSITORY, path));
    expect(unnamedTypes(entries as [string, string])).toEqual([]);
  });

  test("a type that is not exported would be noticed", () => {
    const declarations = `interface Hidden { a: number }
      declare class Open { method(): Hidden }
      declare function open(): Open;
      export { Open, open };`;
    writeFileSync(join(folder, "node_modules/rolled-up/index.d.ts"), declarations);
    const problems = checkCell(folder, cellThatCallsEverything(folder, "rolled-up"));
    expect(problems).not.toEqual([]);
    for (const problem of problems) expect(problem).toMatch(/^TS4023: .* has or is using name 'Hidden'/);
    expect(unnamedTypes([join(folder, "node_modules/rolled-up/index.d.ts")])).toEqual(["Hidden (Open)"]);
  });
});
