import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { cellThatCallsEverything, checkCell } from "./cell-program";
import { newFolder } from "./packed-package";

let folder: string;
beforeAll(() => {
  folder = newFolder();
  mkdirSync(join(folder, "node_modules/rolled-up"), { recursive: true });
  symlinkSync(REPOSITORY, join(folder, "node_modules/trackbook"), "dir");
  symlinkSync(join(REPOSITORY, "node_modules/@types"), join(folder, "node_modules/@types"), "dir");
});

describe("in a tslab cell", () => {
  test.each([
    ["trackbook", "startRun"],
    ["trackbook/notebook", "showRuns"],
  ])("every call of %s, %s among them, can be assigned to a const", (module, name) => {
    const cell = cellThatCallsEverything(folder, module);
    expect(cell).toContain(`await library.${name}(`);
    expect(checkCell(folder, cell)).toEqual([]);
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
  });
});
