import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { runsIn } from "../libraries/recorded-runs";
import { installedProject, needsIn, newFolder, npmCi } from "./installed-project";

const LIBRARIES = { "ml-regression": "6.3.0", "ml-random-forest": "2.1.0", "@tensorflow/tfjs": "4.22.0" };

const PROGRAM = `
  const { autolog, logModel, saveModel, startRun } = require(process.argv[2]);
  autolog({ logSource: false });
  const { SimpleLinearRegression } = require("ml-regression");
  const { RandomForestClassifier } = require("ml-random-forest");
  const tf = require("@tensorflow/tfjs");
  (async () => {
    const line = new SimpleLinearRegression([1, 2, 3, 4], [2, 4, 6, 9]);
    const forest = new RandomForestClassifier({ nEstimators: 5, noOOB: true });
    forest.train([[1], [2], [3], [4]], [0, 0, 1, 1]);
    const net = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    net.compile({ loss: "meanSquaredError", optimizer: "sgd" });
    await net.fit(tf.tensor2d([[1], [2]]), tf.tensor2d([[1], [2]]), { epochs: 1, verbose: 0 });
    const run = startRun();
    await logModel(forest, "by hand");
    await logModel({ module: "predict.cjs" }, "of a module");
    await run.end();
    await saveModel(line, "saved");
  })();`;

const MODULE = `
  const { Matrix } = require("ml-matrix");
  exports.predict = (rows) => new Matrix(rows).sum("row");`;

let models: Readonly<Record<string, string>>;
let needed: Readonly<Record<string, readonly string[]>>;
const folders: string[] = [];

// The models are taken elsewhere, and what made them is not where it was.
beforeAll(async () => {
  const project = await installedProject(LIBRARIES);
  const elsewhere = newFolder();
  writeFileSync(join(project, "train.cjs"), PROGRAM);
  writeFileSync(join(project, "predict.cjs"), MODULE);
  const ended = await runNode(process.execPath, ["train.cjs", PACKAGE], project, { TRACKBOOK_TESTING: "1" });
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stderr).not.toContain("trackbook:");
  const [line, forest, net, byHand] = runsIn(join(project, "mlruns")).map(({ folder }) => folder);
  models = {
    "ml-regression": `${line}/model`,
    "ml-random-forest": `${forest}/model`,
    "@tensorflow/tfjs": `${net}/model`,
    "logged by hand": `${byHand}/by hand`,
    function: `${byHand}/of a module`,
    saved: join(project, "saved"),
  };
  for (const [name, folder] of Object.entries(models)) cpSync(folder, join(elsewhere, name), { recursive: true });
  needed = Object.fromEntries([...Object.keys(LIBRARIES), "ml-matrix"].map((name) => [name, needsIn(project, name)]));
  renameSync(project, `${project}-renamed`);
  models = Object.fromEntries(Object.keys(models).map((name) => [name, join(elsewhere, name)]));
  folders.push(`${project}-renamed`, elsewhere);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("npm ci in the copied folder of a model installs all that it needs, in the versions it was trained with", () => {
  test.each([
    ["ml-regression", "ml-regression"],
    ["ml-random-forest", "ml-random-forest"],
    ["@tensorflow/tfjs", "@tensorflow/tfjs"],
    ["logged by hand", "ml-random-forest"],
    ["saved", "ml-regression"],
    ["function", "ml-matrix"],
  ])("%s", async (model, name) => {
    const folder = models[model] as string;
    await npmCi(folder);
    expect(needsIn(folder, name)).toEqual(needed[name]);
    expect((needed[name] as readonly string[]).length).toBeGreaterThan(5);
    const program = `console.log(Object.keys(require(${JSON.stringify(name)})).length)`;
    const required = await runNode(process.execPath, ["--eval", program], folder);
    expect(Number(required.stdout.trim().split("\n").at(-1))).toBeGreaterThan(1);
    expect(existsSync(join(folder, "node_modules/trackbook"))).toBe(false);
  });
});
