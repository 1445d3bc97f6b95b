import { describe, expect, test } from "vitest";
import { repositoryTexts } from "../../support/repository-files";
import { importBreaches, shapeBreaches } from "./house-rules";

const isTypeScript = (path: string) => /\.[mc]?tsx?$/.test(path);

describe("the house", () => {
  test("imports point down, enter folders through their index.ts and form no cycle", { timeout: 60_000 }, () => {
    const files = repositoryTexts("src", isTypeScript);
    expect(files.size).toBeGreaterThan(10);
    expect(importBreaches(files)).toEqual([]);
  });

  test("files are short and named for what they hold", () => {
    const files = repositoryTexts(".", (path) => isTypeScript(path) && !path.includes("/fixtures/"));
    expect(shapeBreaches(files)).toEqual([]);
  });
});

describe("a breach is noticed", () => {
  const house = (entries: Record<string, string>) =>
    importBreaches(new Map([["src/core/index.ts", ""], ...Object.entries(entries)]));

  test("an arrow up", () => {
    expect(
      house({ "src/tracking/index.ts": "", "src/core/ids.ts": 'import type { Run } from "../tracking";' }),
    ).toEqual(["src/core/ids.ts imports src/tracking/index.ts: tracking is not below core"]);
  });

  test("an arrow between rooms of one floor", () => {
    expect(house({ "src/stores/index.ts": 'export * from "../artifacts";', "src/artifacts/index.ts": "" })).toEqual([
      "src/stores/index.ts imports src/artifacts/index.ts: artifacts is not below stores",
    ]);
  });

  test("a side door, by every way to load a module", () => {
    const breach = "src/tracking/run.ts imports src/core/ids.ts: a folder is entered through its index.ts";
    for (const way of [
      'import { newId } from "../core/ids";',
      'export { newId } from "../core/ids";',
      'const ids = () => import("../core/ids");',
      'const ids = require("../core/ids");',
      'type Id = import("../core/ids").Id;',
    ])
      expect(house({ "src/core/ids.ts": "", "src/tracking/run.ts": way })).toEqual([breach]);
  });

  test("files that load each other, unless one takes types only", () => {
    const other = 'import { a } from "./a";';
    expect(house({ "src/core/a.ts": 'import { b } from "./b";', "src/core/b.ts": other })).toEqual([
      "files load each other: src/core/a.ts → src/core/b.ts → src/core/a.ts",
    ]);
    for (const types of ['import type { B } from "./b";', 'import { type B } from "./b";'])
      expect(house({ "src/core/a.ts": types, "src/core/b.ts": other })).toEqual([]);
  });

  test("a room that the plan does not name", () => {
    expect(house({ "src/plugins/index.ts": "" })).toEqual(["src/plugins is on no floor of the house"]);
  });

  test("a long file and a vague name", () => {
    expect(shapeBreaches(new Map([["src/core/utils.ts", "\n".repeat(300)]]))).toEqual([
      "src/core/utils.ts has 300 lines, fewer than 300 are allowed",
      'src/core/utils.ts: "utils.ts" does not say what it holds',
    ]);
  });

  test("nothing, in a house that keeps the rules", () => {
    expect(
      house({
        "src/core/ids.ts": "",
        "src/stores/file/index.ts": 'import { newId } from "../../core"; import type { Store } from "../store";',
        "src/stores/store.ts": "",
        "src/stores/index.ts": 'export * from "./store"; export * from "./file";',
        "src/index.ts": 'export * from "./stores";',
      }),
    ).toEqual([]);
  });
});
