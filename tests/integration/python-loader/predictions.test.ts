import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIST, REPOSITORY } from "../../../scripts/repository";
import { runCommand } from "../../../scripts/run-command";
import { logModel, saveModel } from "../../../src/libraries";
import { inferSignature } from "../../../src/models";
import { setTrackingUri, startRun, TrackingClient } from "../../../src/tracking";
import { describeWithParts } from "../../support/parts";
import { asTold, Loader, type PythonAnswer } from "./loader";
import { type Trained, trainedBranches, trainedForests, trainedNetwork, trainedRegressions } from "./trained-models";

describeWithParts(["python"], "Python's mlflow.pyfunc predicts as JavaScript does", ({ python }) => {
  let loader: Loader;
  let count = 0;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    loader = new Loader(python.python);
  });
  afterAll(() => loader.close());

  /** Saved with the signature of what it is asked with; loads without a word. */
  async function loaded({ model, columns, predict }: Trained): Promise<string> {
    const folder = join(loader.root, `model-${count++}`);
    const example = Array.from({ length: 3 }, (_, row) => Array.from({ length: columns }, (_, column) => row + column));
    const signature = inferSignature(columns === 1 ? example.map(([x]) => x) : example, predict(example));
    await saveModel(model, folder, { signature });
    expect(await loader.peer.ask("load", folder, folder)).toBe("");
    return folder;
  }

  const value = fc.double({ noNaN: true });
  const rowsOf = (columns: number, cell: fc.Arbitrary<number>) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 40 });

  describe.each([
    ["ml-regression", trainedRegressions()],
    ["ml-random-forest", trainedForests()],
  ])("%s, to the last bit", (_, models) => {
    test.each(Object.entries(models))("%s", async (_name, trained) => {
      const { columns, predict } = trained;
      const name = await loaded(trained);
      await fc.assert(
        fc.asyncProperty(rowsOf(columns, value.map(finite)), async (rows) => {
          const asked = columns === 1 ? rows.map(([x]) => x) : rows;
          const answer = await loader.peer.ask<PythonAnswer>("predict", name, "float64", asked);
          expect(answer).toMatchObject({ kind: "array", dtype: "float64", values: asTold(predict(rows)) });
          const frame = Object.fromEntries(
            Array.from({ length: columns }, (_, i) => [`c${i}`, rows.map((row) => row[i])]),
          );
          expect(await loader.peer.ask("predict", name, "frame", frame)).toEqual(answer);
        }),
        { numRuns: 15 },
      );
    });
  });

  test("tfjs, every float32 equal", async () => {
    const network = trainedNetwork();
    const folder = join(loader.root, "network");
    const asked = tf.tensor2d([[1, 2]]);
    await saveModel(network.model, folder, { signature: inferSignature(asked, network.model.predict(asked)) });
    expect(await loader.peer.ask("load", "network", folder)).toBe("");
    await fc.assert(
      fc.asyncProperty(rowsOf(2, fc.float({ noNaN: true, noDefaultInfinity: true })), async (rows) => {
        const answer = await loader.peer.ask<PythonAnswer>("predict", "network", "float32", rows);
        expect(answer).toMatchObject({ kind: "array", dtype: "float32", values: asTold(network.predict(rows)) });
      }),
      { numRuns: 25 },
    );
  });

  test("tfjs with several inputs and outputs, by name", async () => {
    const model = trainedBranches();
    const folder = join(loader.root, "branches");
    await saveModel(model, folder, {
      signature: inferSignature(
        { left: tf.zeros([1, 1]), right: tf.zeros([1, 3]) },
        { one: tf.zeros([1, 1]), two: tf.zeros([1, 2]) },
      ),
    });
    await loader.peer.ask("load", "branches", folder);
    const [left, right] = [
      [[1], [2.5]],
      [
        [1, 2, 3],
        [-4, 5, 0.1],
      ],
    ];
    const outputs = model.predict([tf.tensor2d(left), tf.tensor2d(right)]) as tf.Tensor[];
    const answer = await loader.peer.ask<PythonAnswer>("predict", "branches", "dict", {
      right: { dtype: "float32", values: right },
      left: { dtype: "float32", values: left },
    });
    expect(answer.kind).toBe("dict");
    expect(answer.outputs?.one).toMatchObject({ dtype: "float32", values: outputs[0]?.arraySync() });
    expect(answer.outputs?.two).toMatchObject({ dtype: "float32", values: outputs[1]?.arraySync() });
  });

  test("loaded by path, from its run, by its id, as a registered version, and from a copy of its folder", async () => {
    const store = join(loader.root, "mlruns");
    setTrackingUri(store);
    const { model, predict } = trainedRegressions().PolynomialRegression as Trained;
    const run = startRun();
    const { modelId, modelUri } = await logModel(model, "curves/third", { signature: inferSignature([1], [1]) });
    await run.end();
    await loader.peer.ask("environ", { MLFLOW_TRACKING_URI: store });
    const path = join(store, "0", run.id, "artifacts/curves/third");
    const copy = join(loader.root, "copied");
    cpSync(path, copy, { recursive: true });
    expect(modelUri).toBe(`models:/${modelId}`);
    const registry = new TrackingClient();
    await registry.registerModel(modelUri, "curve");
    await registry.setRegisteredModelAlias("curve", "champion", 1);
    const named = ["models:/curve/1", "models:/curve@champion"];
    for (const uri of [path, `file://${path}`, `runs:/${run.id}/curves/third`, modelUri, ...named, copy]) {
      expect(await loader.peer.ask("load", uri, uri), uri).toBe("");
      const answer = await loader.peer.ask<PythonAnswer>("predict", uri, "float64", [0.1, 2]);
      expect(answer.values, uri).toEqual(predict([[0.1], [2]]));
    }
    expect(await loader.peer.ask("signature", modelUri)).toMatchObject({
      signature: inferSignature([1], [1]).toJSON(),
      flavors: ["ml-regression", "python_function"],
    });
  });

  test("saved by the built package, into a project of ES modules", async () => {
    const folder = join(loader.root, "project");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const script = `const { createRequire } = require("node:module");
      const { SimpleLinearRegression } = createRequire(${JSON.stringify(join(REPOSITORY, "package.json"))})("ml-regression");
      require(${JSON.stringify(DIST)}).saveModel(new SimpleLinearRegression([1, 2], [3, 5]), "model");`;
    await runCommand(process.execPath, ["--input-type=commonjs", "-e", script], { cwd: folder });
    expect(await loader.peer.ask("load", "built", join(folder, "model"))).toBe("");
    expect(await loader.peer.ask("predict", "built", "float64", [10])).toMatchObject({ values: [21] });
  });

  test("for Python from 3.9 on", async () => {
    const sources = readdirSync(SOURCES, { encoding: "utf8" }).filter((name) => name.endsWith(".py"));
    const texts = Object.fromEntries(sources.map((name) => [name, readFileSync(join(SOURCES, name), "utf8")]));
    expect(await loader.peer.ask("imports", texts)).toEqual(["numpy", "pandas"]);
  });

  test("100,000 rows, each as if it were asked alone", async () => {
    const forest = await loaded(trainedForests().regression as Trained);
    expect(await loader.peer.ask("many_rows", forest, 100_000, 2)).toEqual({ shape: [100_000], equal: true });
    const regression = await loaded(trainedRegressions().MultivariateLinearRegression as Trained);
    expect(await loader.peer.ask("many_rows", regression, 100_000, 2)).toEqual({ shape: [100_000, 2], equal: true });
  });
});

const SOURCES = join(REPOSITORY, "src/models/python/trackbook_loader_v1");

/** Beyond this some of the models give NaN for one form of the same infinity. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
