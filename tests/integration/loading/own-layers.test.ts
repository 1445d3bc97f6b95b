import { cpSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { PACKAGE } from "../../support/installed-folder";
import { runNode } from "../../support/run-node";
import { writeFiles } from "../../support/write-files";
import { installedProject, npmCi } from "../environment/installed-project";
import { newFolder } from "./asked-elsewhere";

const LAYER = `
  const tf = require("@tensorflow/tfjs");
  const { by } = require("./by.cjs");
  class Scaled extends tf.layers.Layer {
    static className = "Scaled";
    call(inputs) { return tf.mul([inputs].flat()[0], by); }
  }
  tf.serialization.registerClass(Scaled);
  exports.Scaled = Scaled;`;

const TRAIN = `
  const tf = require("@tensorflow/tfjs");
  const { logModel, startRun } = require(process.argv[2]);
  const { Scaled } = require("./layers/scaled.cjs");
  (async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] }), new Scaled({})] });
    const run = startRun();
    for (const [name, codePaths] of [["with", ["layers/scaled.cjs"]], ["without", []]]) await logModel(model, name, { codePaths });
    await run.end();
    console.log(JSON.stringify([run.artifactUri, model.predict(tf.tensor2d([[1, 2], [3, 4]])).arraySync()]));
  })();`;

const ASK = `
  const { loadModel } = require(process.argv[2]);
  loadModel(process.argv[3]).then(async (model) => console.log(JSON.stringify(await model.predict([[1, 2], [3, 4]]))),
    ({ message }) => console.log(JSON.stringify(message)));`;

test("a net with a layer of the user's own loads anywhere, when the layer's file is among its codePaths", async () => {
  const project = await installedProject({ "@tensorflow/tfjs": "4.22.0" });
  const elsewhere = newFolder();
  onTestFinished(() => {
    for (const folder of [`${project}-renamed`, elsewhere]) rmSync(folder, { recursive: true, force: true });
  });
  writeFiles(project, { "layers/scaled.cjs": LAYER, "layers/by.cjs": "exports.by = 3;", "train.cjs": TRAIN });
  writeFiles(elsewhere, { "ask.cjs": ASK });
  const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1) as string);
  const trained = await runNode(process.execPath, ["train.cjs", PACKAGE], project, { MLFLOW_TRACKING_URI: "mlruns" });
  const [uri, expected] = lastLine(trained.stdout) as [string, unknown];
  for (const name of ["with", "without"])
    cpSync(join(new URL(uri).pathname, name), join(elsewhere, name), { recursive: true });
  renameSync(project, `${project}-renamed`);
  expect(readFileSync(join(elsewhere, "with/MLmodel"), "utf8")).toContain("- code/scaled.cjs");

  await npmCi(join(elsewhere, "with"));
  const ask = async (name: string) => {
    const env = { TRACKBOOK_NODE_PATH: join(elsewhere, "with") };
    return lastLine((await runNode(process.execPath, ["ask.cjs", PACKAGE, name], elsewhere, env)).stdout) as unknown;
  };
  expect(await ask("without")).toContain("Unknown layer: Scaled");
  expect(await ask("with")).toEqual(expected);
});
