import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Matrix } from "ml-matrix";
import { describe, expect, onTestFinished, test } from "vitest";
import { REPOSITORY } from "../../../../scripts/repository";
import { logModel } from "../../../../src/libraries";
import { type FunctionModel, functionFlavor } from "../../../../src/libraries/function";
import { captureTable, type PredictionInput, type Predictor } from "../../../../src/models";
import { moduleImporter } from "../../../../src/models/python/node";
import { startRun } from "../../../../src/tracking";
import { temporaryFolder } from "../../../support/temporary-folder";
import { writeFiles } from "../../../support/write-files";
import { newStore } from "../../tracking/new-store";

const predictor = functionFlavor.predictor as Predictor;

/** A folder with these files as the working directory. */
function workIn(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

/** The model, kept and made again in another folder. */
async function restored(model: object) {
  const { files, config, packages, importedBy } = await functionFlavor.snapshot(model);
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])));
  const load = createRequire(join(folder, "x.js"));
  const importModule = moduleImporter({ folder, places: [REPOSITORY], load });
  const again = await predictor.restore({ folder, config, require: load, importModule });
  const predict = async (input: unknown, params = {}) =>
    await predictor.predict(again, captureTable(input) as PredictionInput, params);
  return { folder, config, packages, importedBy, model: again, predict };
}

const refusal = (model: object) =>
  Promise.resolve()
    .then(() => functionFlavor.snapshot(model))
    .catch((error) => error);

describe("a module of the user's own", () => {
  test.each([
    ["exports predict", "model.cjs", "exports.predict = (rows) => rows.map(({ x }) => x + 1);"],
    ["is a function", "model.cjs", "module.exports = (rows) => rows.map(({ x }) => x + 1);"],
    [
      "is a class",
      "model.cjs",
      "module.exports = class { by = 1; predict(rows) { return rows.map(({ x }) => x + this.by); } };",
    ],
    [
      "is an object",
      "model.cjs",
      "module.exports = { by: 1, predict(rows) { return rows.map(({ x }) => x + this.by); } };",
    ],
    [
      "is an ES module that exports predict",
      "model.mjs",
      "export const predict = async (rows) => rows.map(({ x }) => x + 1);",
    ],
    [
      "is an ES module with a default class",
      "model.mjs",
      "export default class { predict(rows) { return rows.map(({ x }) => x + 1); } }",
    ],
    ["is an ES module with a default function", "model.mjs", "export default (rows) => rows.map(({ x }) => x + 1);"],
    [
      "exports predict beside another default",
      "model.mjs",
      "export default function train() {}; export const predict = (rows) => rows.map(({ x }) => x + 1);",
    ],
    [
      "is TypeScript",
      "model.ts",
      "export default class { predict(rows: { x: number }[]): number[] { return rows.map(({ x }) => x + 1); } }",
    ],
  ])("predicts: one that %s", async (_, file, source) => {
    workIn({ [file]: source });
    const { predict } = await restored({ module: `./${file}` });
    expect(await predict([{ x: 1 }, { x: 2.5 }])).toEqual([2, 3.5]);
  });

  test("may have several models, of which one is meant", async () => {
    workIn({
      "models.mjs":
        "export class Up { predict(x) { return x.map((v) => v + 1); } } export const down = (x) => x.map((v) => v - 1);",
    });
    const [up, down] = await Promise.all(
      ["Up", "down"].map((name) => restored({ module: "models.mjs", export: name })),
    );
    expect([await up?.predict([1]), await down?.predict([1])]).toEqual([[2], [0]]);
  });

  test("reads its artifacts in load, from wherever the model has come to lie", async () => {
    const home = workIn({
      "model.cjs": `
        const { readFileSync } = require("node:fs");
        const { join } = require("node:path");
        exports.Model = class {
          async load({ artifacts, folder }) {
            this.inside = Object.values(artifacts).every((path) => path.startsWith(folder));
            this.weights = JSON.parse(readFileSync(artifacts.weights, "utf8"));
            this.words = readFileSync(join(artifacts.tables, "deep/words.txt"), "utf8").trim();
          }
          predict(rows, params, { artifacts }) {
            return rows.map(({ x }) => [this.inside, this.words, params.by * x * this.weights.w, Object.keys(artifacts)]);
          }
        };`,
      "w.json": '{ "w": 0.5 }',
      "tables/deep/words.txt": "hello",
    });
    const { predict, config, folder } = await restored({
      module: pathToFileURL(join(home, "model.cjs")),
      export: "Model",
      artifacts: { weights: "w.json", tables: pathToFileURL(join(home, "tables")) },
    });
    expect(config).toEqual({
      module: "code/model.cjs",
      export: "Model",
      code: "code",
      artifacts: { weights: "artifacts/weights/w.json", tables: "artifacts/tables/tables" },
    });
    expect(existsSync(join(folder, "artifacts/tables/tables/deep/words.txt"))).toBe(true);
    expect(await predict([{ x: 3 }], { by: 2 })).toEqual([[true, "hello", 3, ["weights", "tables"]]]);
  });

  test("is given what it would be written as by hand", async () => {
    workIn({
      "echo.cjs":
        "exports.predict = (input) => ({ input: JSON.stringify(input, (k, v) => (typeof v === 'bigint' ? v + 'n' : v)) });",
    });
    const { predict } = await restored({ module: "echo.cjs" });
    const given = async (input: unknown) => JSON.parse(((await predict(input)) as { input: string }).input) as unknown;
    expect(await given([{ a: 1, b: "x" }, { a: null }])).toEqual([{ a: 1, b: "x" }, { a: null }]);
    expect(await given({ a: [1, 2], b: ["x", "y"] })).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ]);
    expect(
      await given([
        ["x", 1],
        ["y", 2],
      ]),
    ).toEqual([
      ["x", 1],
      ["y", 2],
    ]);
    expect(await given(["x", "y"])).toEqual(["x", "y"]);
    expect(await given(Float32Array.of(1, 2))).toEqual([1, 2]);
    expect(
      await given([
        [[1], [2]],
        [[3], [4]],
      ]),
    ).toEqual([
      [[1], [2]],
      [[3], [4]],
    ]);
    expect(await given({ left: new Matrix([[1, 2]]), right: new Matrix([[3]]) })).toEqual({
      left: [[1, 2]],
      right: [[3]],
    });
    expect(await given([{ n: 5n, big: 2n ** 60n, list: [1n] }])).toEqual([{ n: 5, big: `${2n ** 60n}n`, list: [1] }]);
    expect(await given(BigInt64Array.of(1n, 2n))).toEqual([1, 2]);
  });

  test("may answer with what its library makes: lists come out, and no tensor is left", async () => {
    const from = (name: string) => JSON.stringify(createRequire(join(REPOSITORY, "x.js")).resolve(name));
    workIn({
      "tensors.cjs": `
        const load = require;
        const tf = load(${from("@tensorflow/tfjs")});
        const { Matrix } = load(${from("ml-matrix")});
        exports.predict = () => ({ t: tf.tensor2d([[1, 2]]), m: new Matrix([[3, 4]]), a: [Float32Array.of(5)], left: tf.memory().numTensors });`,
    });
    const { predict } = await restored({ module: "tensors.cjs" });
    const first = (await predict([1])) as { left: number };
    expect(first).toMatchObject({ t: [[1, 2]], m: [[3, 4]], a: [[5]] });
    expect(((await predict([1])) as { left: number }).left).toBe(first.left);
  });

  test("has the packages that it loads pinned, looked up from where it stands", async () => {
    const folder = workIn({ "model.cjs": 'const needed = () => require("ml-matrix"); exports.predict = (x) => x;' });
    const { packages, importedBy } = await restored({ module: "model.cjs" });
    expect([packages, importedBy]).toEqual([["ml-matrix"], join(folder, "model.cjs")]);
  });

  test("that has no predict says so when it is loaded, and by which name", async () => {
    workIn({ "model.cjs": "exports.forecast = () => 1;" });
    await expect(restored({ module: "model.cjs" })).rejects.toThrow("code/model.cjs exports no predict");
    await expect(restored({ module: "model.cjs", export: "Model" })).rejects.toThrow("code/model.cjs exports no Model");
    expect(await (await restored({ module: "model.cjs", export: "forecast" })).predict([1])).toBe(1);
  });
});

describe("a function or class by itself", () => {
  test("is found in the module that exports it", async () => {
    const folder = workIn({
      "model.cjs":
        "exports.predict = (x) => x.map((v) => v + 1); exports.Other = class { predict(x) { return x.map((v) => v - 1); } };",
      "whole.cjs": "module.exports = (x) => x.map((v) => 2 * v);",
    });
    const load = createRequire(join(folder, "x.js"));
    const { predict, Other } = load("./model.cjs");
    expect((await restored(predict)).config).toMatchObject({ module: "code/model.cjs", export: "predict" });
    expect(await (await restored(Other)).predict([1])).toEqual([0]);
    expect(await (await restored(load("./whole.cjs"))).predict([1])).toEqual([2]);
  });

  test("that no module exports cannot be kept, and the error says what to do", async () => {
    const outside = 1;
    const refused = await refusal(function addOne(x: number) {
      return x + outside;
    });
    expect(refused.code).toBe("INVALID_PARAMETER_VALUE");
    expect(refused.message).toContain("The function or class addOne cannot be kept");
    expect(refused.hint).toContain('logModel({ module: "./model.mjs" }, name)');
    const { hint } = await logModel({ predict: (x: number) => x }, "m").catch((error) => error);
    expect(hint).toContain('logModel({ module: "./model.mjs" }, name)');
  });
});

test.each<[string, FunctionModel, string]>([
  [
    "a module that is not there",
    { module: "gone.cjs" },
    "The module of a function model: there is nothing at this path",
  ],
  ["a module at a web address", { module: new URL("https://host/model.mjs") }, "there is nothing at this path"],
  ["a key that is none", { module: "model.cjs", artefacts: {} } as never, 'did you mean "artifacts"?'],
  ["an export without a name", { module: "model.cjs", export: "" }, "The export of a function model"],
  [
    "an artifact that is not there",
    { module: "model.cjs", artifacts: { w: "gone.bin" } },
    'The artifact "w": there is nothing',
  ],
  ["an artifact whose name leads out", { module: "model.cjs", artifacts: { "../w": "model.cjs" } }, "Invalid"],
  ["artifacts in a list", { module: "model.cjs", artifacts: ["model.cjs"] as never }, "The artifacts of a model"],
])("refuses %s", async (_, model, message) => {
  workIn({ "model.cjs": "" });
  const refused = await refusal(model);
  expect(refused.code).toBe("INVALID_PARAMETER_VALUE");
  expect(refused.message).toContain(message);
});

describe("code that goes with a model", () => {
  const files = {
    "src/model.cjs": "exports.predict = (x) => x;",
    "lib/layer.cjs": 'require("./deep.cjs");',
    "lib/deep.cjs": "",
  };

  test("is logged with it, at its place towards the module", async () => {
    const { store } = newStore();
    workIn(files);
    const run = startRun();
    await logModel({ module: "src/model.cjs" }, "m", { flavor: "function", codePaths: ["lib"] });
    await run.end();
    const [model] = store.searchLoggedModels(["0"], {}).items;
    const folder = fileURLToPath(model?.artifactLocation ?? "");
    for (const path of ["code/src/model.cjs", "code/lib/layer.cjs", "code/lib/deep.cjs"])
      expect(existsSync(join(folder, path))).toBe(true);
    expect(readFileSync(join(folder, "MLmodel"), "utf8")).toContain("module: code/src/model.cjs");
  });

  test("is refused when it is not there, and nothing is logged", async () => {
    const { store } = newStore();
    workIn(files);
    const run = startRun();
    for (const codePaths of [["gone"], "lib", [""]])
      expect(
        await logModel({ module: "src/model.cjs" }, "m", { codePaths: codePaths as never }).catch(({ code }) => code),
      ).toBe("INVALID_PARAMETER_VALUE");
    await run.end();
    expect(store.searchLoggedModels(["0"], {}).items).toEqual([]);
  });
});
