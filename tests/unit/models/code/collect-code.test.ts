import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { collectCode } from "../../../../src/models/code";
import { errorOf } from "../../../support/error-of";
import { temporaryFolder } from "../../../support/temporary-folder";
import { writeFiles } from "../../../support/write-files";

/** A project of the user's, and what is collected of it. */
function project(files: Record<string, string | Uint8Array>) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const collect = (entry: string | undefined, ...codePaths: string[]) =>
    collectCode({
      entry: entry === undefined ? undefined : join(folder, entry),
      codePaths: codePaths.map((path) => join(folder, path)),
    });
  /** Loads the entry from another folder, as Node does. */
  const load = (entry: string, ...codePaths: string[]) => {
    const code = collect(entry, ...codePaths);
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, Object.fromEntries(code.files.map(({ path, bytes }) => [path, bytes])));
    return import(/* @vite-ignore */ pathToFileURL(join(elsewhere, code.entry as string)).href);
  };
  return { folder, collect, load };
}
const pathsOf = ({ files }: ReturnType<typeof collectCode>) => files.map(({ path }) => path).sort();

describe("the code that goes with a model", () => {
  test("is a module and all that it imports by relative paths, at their places towards each other", async () => {
    const { collect, load } = project({
      "src/model.cjs": `
        const { double } = require("../lib/double");
        const table = require("./table.json");
        // require("./not-there"); import "./not-there-either";
        const pattern = /require("no")/;
        exports.predict = async (rows) => {
          const { shift } = await import("./shift.mjs");
          return rows.map((row) => shift(double(row)) + table.bias);
        };`,
      "lib/double.js": "exports.double = (x) => 2 * x;",
      "src/shift.mjs": 'export { shift } from "./deep/shift.mjs";',
      "src/deep/shift.mjs": "export const shift = (x) => x - 1;",
      "src/table.json": '{ "bias": 0.5 }',
      "src/other.cjs": "throw new Error('not asked for');",
    });
    const code = collect("src/model.cjs");
    expect(code.entry).toBe("code/src/model.cjs");
    expect(pathsOf(code)).toEqual([
      "code/lib/double.js",
      "code/package.json",
      "code/src/deep/shift.mjs",
      "code/src/model.cjs",
      "code/src/shift.mjs",
      "code/src/table.json",
    ]);
    expect(await (await load("src/model.cjs")).default.predict([1, 2])).toEqual([1.5, 3.5]);
  });

  test("names the packages that are loaded, builtins and types aside, and not those that may be missing", () => {
    const { collect } = project({
      "model.ts": `
        import { readFileSync } from "node:fs";
        import path from "path";
        import { Matrix } from "ml-matrix";
        import * as deep from "@scope/name/deep/file.js";
        import type { Types } from "only-types";
        import { type More } from "more-types";
        export * from "exported";
        export type { Last } from "last-types";
        import old = require("old-way");
        const lazy = () => import("lazy");
        try { require("perhaps"); } catch {}
        const file = require.resolve("resolved/worker.js");
        const own = createRequire(import.meta.url)("created");
        import "./side";`,
      "side.cjs": 'require("side-package");',
      "side.js": 'require("./side.cjs");',
    });
    const { packages } = collect("model.ts");
    expect(packages).toEqual([
      ...["@scope/name", "created", "exported", "lazy", "ml-matrix", "old-way", "resolved", "side-package"],
    ]);
  });

  test("holds files that are only named, and leaves those out that may be missing", () => {
    const { collect } = project({
      "model.mjs": `
        const weights = new URL("weights.bin", import.meta.url);
        const worker = new URL("./worker.mjs", import.meta.url);
        const page = new URL("https://host/page");
        const other = new URL("./gone.bin", import.meta.url);
        try { await import("./optional.mjs"); } catch {}`,
      "weights.bin": Uint8Array.of(0, 255),
      "worker.mjs": 'import "./deeper.mjs";',
      "deeper.mjs": "",
    });
    expect(pathsOf(collect("model.mjs"))).toEqual([
      ...["code/deeper.mjs", "code/model.mjs", "code/weights.bin", "code/worker.mjs"],
    ]);
  });

  test("holds folders whole, under their own names, without what is not the user's", () => {
    const { folder, collect } = project({
      "model.cjs": "",
      "lib/a.cjs": 'require("./gone"); require("not-noted");',
      "lib/data/b.csv": "x",
      "lib/node_modules/c/index.js": "",
      "lib/.git/config": "",
      "lib/mlruns/0/meta.yaml": "",
      "lib/types.d.ts": "export type T = 1;",
    });
    symlinkSync(join(folder, "lib"), join(folder, "lib/loop"));
    const code = collect("model.cjs", "lib");
    expect(pathsOf(code)).toEqual(["code/lib/a.cjs", "code/lib/data/b.csv", "code/model.cjs"]);
    expect(code.packages).toEqual([]);
    expect(pathsOf(collect(undefined, "lib/data"))).toEqual(["code/data/b.csv"]);
  });

  test("tells the modules that were named themselves, in their order", () => {
    const { collect } = project({ "b.cjs": 'require("./c.cjs")', "a/a.mjs": "", "c.cjs": "", "d.txt": "" });
    expect(collect(undefined, "b.cjs", "a/a.mjs", "d.txt").modules).toEqual(["code/b.cjs", "code/a/a.mjs"]);
  });

  test("means by .js what it meant at home, wherever the model comes to lie", async () => {
    const { collect, load } = project({
      "package.json": '{ "name": "app", "type": "module", "dependencies": { "x": "1" } }',
      "src/model.js": 'import { one } from "./old/one.js"; export default (rows) => rows.map(() => one);',
      "src/old/package.json": '{ "type": "commonjs" }',
      "src/old/one.js": "exports.one = 1;",
    });
    const { files } = collect("src/model.js");
    const scopes = files.filter(({ path }) => path.endsWith("package.json"));
    expect(scopes.map(({ path, bytes }) => [path, JSON.parse(bytes.toString())])).toEqual([
      ["code/package.json", { private: true, type: "module" }],
      ["code/old/package.json", { private: true, type: "commonjs" }],
    ]);
    expect((await load("src/model.js")).default([5])).toEqual([1]);
  });
});

describe("TypeScript", () => {
  const types = "export interface Row { readonly x: number }";

  test("becomes CommonJS that Node runs", async () => {
    const { load } = project({
      "model.ts": `
        import type { Row } from "./types";
        import { Scale } from "./scale";
        import { version } from "./settings.json";
        export class Model {
          readonly #scale = new Scale(2);
          predict(rows: readonly Row[]): number[] { return rows.map(({ x }) => this.#scale.of(x) + version); }
        }`,
      "types.ts": types,
      "scale.ts":
        "export class Scale { constructor(private readonly by: number) {} of(x: number) { return x * this.by; } }",
      "settings.json": '{ "version": 1 }',
    });
    const { Model } = (await load("model.ts")).default;
    expect(new Model().predict([{ x: 1.5 }])).toEqual([4]);
  });

  test.each([
    ["the source's own endings", "./lib/scale.ts", "./kind.mts"],
    ["the endings of what is emitted", "./lib/scale.js", "./kind.mjs"],
    ["no endings", "./lib/scale", "./kind"],
  ])("becomes an ES module that Node runs: imports with %s", async (_, scale, kind) => {
    const { load } = project({
      "package.json": '{ "type": "module" }',
      "model.ts": `
        import { scale } from "${scale}";
        import { Kind } from "${kind}";
        import { type Row } from "./types.js";
        const { shift } = await import("${scale}");
        export const predict = (rows: Row[]) => rows.map(({ x }) => shift(scale(x)) + Kind.Large);`,
      "types.d.ts": types,
      "lib/scale.ts": 'export * from "./shift.js"; export const scale = (x: number): number => 2 * x;',
      "lib/shift.ts": "export const shift = (x: number): number => x - 1;",
      "kind.mts": "export enum Kind { Small, Large }",
    });
    expect((await load("model.ts")).predict([{ x: 3 }])).toEqual([6]);
  });

  test("of a folder becomes JavaScript too; what was compiled beside it is kept instead", () => {
    const { collect } = project({
      "lib/a.ts": 'import { b } from "./b.ts"; export const a: number = b;',
      "lib/b.ts": "export const b: number = 1;",
      "lib/c.ts": "export const c: number = 1;",
      "lib/c.js": "exports.c = 'compiled';",
    });
    const { files } = collect(undefined, "lib");
    const text = (path: string) => files.find((file) => file.path === path)?.bytes.toString();
    expect(files.map(({ path }) => path)).toEqual([
      ...["code/lib/a.js", "code/lib/b.js", "code/lib/c.js", "code/package.json"],
    ]);
    expect(text("code/lib/a.js")).toContain('require("./b.js")');
    expect(text("code/lib/c.js")).toContain("compiled");
    const module = { exports: {} };
    new Function("module", "exports", "require", text("code/lib/b.js") ?? "")(
      module,
      module.exports,
      createRequire(__filename),
    );
    expect(module.exports).toEqual({ b: 1 });
  });
});

describe("code that cannot go with a model is told of", () => {
  test.each([
    ["a file that is not there", "gone.cjs", {}, "there is nothing at this path"],
    [
      "an import of a file that is not there",
      "a.cjs",
      { "a.cjs": 'require("./b")' },
      "imports a file that does not exist",
    ],
    [
      "such an import further on",
      "a.cjs",
      { "a.cjs": 'require("./b")', "b.js": 'import "./c"' },
      "b.js imports a file",
    ],
    ["an import of this machine's", "a.mjs", { "a.mjs": 'import "/opt/lib/x.mjs"' }, "means nothing elsewhere"],
    ["an import by URL", "a.mjs", { "a.mjs": 'import "file:///opt/lib/x.mjs"' }, "means nothing elsewhere"],
    ["an import that package.json explains", "a.mjs", { "a.mjs": 'import "#internal"' }, "means nothing elsewhere"],
  ])("%s", (_, entry, files, message) => {
    const refused = errorOf(() => project(files).collect(entry));
    expect(refused.code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused.message).toContain(message);
  });
});
