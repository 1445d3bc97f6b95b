import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, expect, test } from "vitest";
import { tfjs } from "../../../../src/libraries/tfjs";
import type { ModelSnapshot } from "../../../../src/models";

beforeAll(() => tf.setBackend("cpu"));

const x = tf.tensor2d([
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 0],
]);
const y = tf.tensor2d([[1], [1], [2], [0]]);

async function trained(compile: Partial<tf.ModelCompileArgs> = {}): Promise<tf.Sequential> {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [2] }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError", metrics: ["mae"], ...compile });
  await model.fit(x, y, { epochs: 2, verbose: 0 });
  return model;
}

const snapshot = (model: object) => tfjs.flavor?.snapshot(model) as Promise<ModelSnapshot>;

/** Loads a snapshot as tfjs itself does from a file. */
function load({ files }: ModelSnapshot): Promise<tf.LayersModel> {
  const [json, weights] = files;
  const { weightsManifest, ...artifacts } = JSON.parse(json?.bytes as string);
  expect(weightsManifest.flatMap(({ paths }: { paths: string[] }) => paths)).toEqual(["weights.bin"]);
  const weightData = Uint8Array.from(weights?.bytes as Uint8Array).buffer;
  return tf.loadLayersModel({
    load: async () => ({ ...artifacts, weightSpecs: weightsManifest[0].weights, weightData }),
  });
}

test("a model comes back with the same predictions, compiled", async () => {
  const model = await trained();
  const taken = await snapshot(model);
  expect(taken.files.map(({ path }) => path)).toEqual(["data/model.json", "data/weights.bin"]);
  expect(taken.config).toEqual({
    package: "@tensorflow/tfjs",
    package_version: "4.22.0",
    export: "Sequential",
    format: "layers-model",
    data: "data/model.json",
  });
  const loaded = await load(taken);
  expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((model.predict(x) as tf.Tensor).dataSync());
  expect(loaded.metricsNames).toEqual(["loss", "mae"]);
});

test("a functional model comes back, one without an optimizer too", async () => {
  const input = tf.input({ shape: [2] });
  const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor });
  const taken = await snapshot(model);
  expect(taken.config).toMatchObject({ export: "LayersModel" });
  const loaded = await load(taken);
  expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((model.predict(x) as tf.Tensor).dataSync());
  expect(loaded.optimizer).toBeUndefined();
});

test("a model is taken apart without a tensor more or less", async () => {
  const model = await trained();
  const before = tf.memory();
  await snapshot(model);
  expect(tf.memory()).toEqual(before);
});

test("what happens to the model after the snapshot was begun does not reach it", async () => {
  const model = await trained();
  const expected = (model.predict(x) as tf.Tensor).dataSync();
  const begun = snapshot(model);
  model.dispose();
  expect(((await load(await begun)).predict(x) as tf.Tensor).dataSync()).toEqual(expected);
});

test("training on while a snapshot is written does not reach it", async () => {
  const model = await trained();
  const expected = (model.predict(x) as tf.Tensor).dataSync();
  const begun = snapshot(model);
  await Promise.all([begun, model.fit(x, y, { epochs: 3, verbose: 0 })]);
  expect(((await load(await begun)).predict(x) as tf.Tensor).dataSync()).toEqual(expected);
});

test("a loss, metric or optimizer of the user's own is left out, the model is whole", async () => {
  class Own extends tf.SGDOptimizer {
    override getClassName = () => "Own";
  }
  const own = (target: tf.Tensor, predicted: tf.Tensor) => tf.abs(tf.sub(target, predicted)).mean();
  for (const compile of [{ loss: own }, { metrics: [own] }, { optimizer: new Own(0.1) }, { metrics: undefined }]) {
    const model = await trained(compile);
    const loaded = await load(await snapshot(model));
    expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((model.predict(x) as tf.Tensor).dataSync());
    expect(Boolean(loaded.optimizer)).toBe("metrics" in compile && compile.metrics === undefined);
  }
});

test("layers models are recognised, nothing else is", async () => {
  const recognises = (value: unknown) => tfjs.flavor?.recognises(value);
  const input = tf.input({ shape: [1] });
  expect(recognises(await trained())).toBe(true);
  expect(
    recognises(tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor })),
  ).toBe(true);
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  );
  for (const value of [undefined, null, 1, {}, x, tf.layers.dense({ units: 1 }), tf.data.array([1]), hostile])
    expect(recognises(value)).toBe(false);
});

const measure = (self: object, result: unknown) => tfjs.evaluations?.[0]?.metrics({ self, args: [], result });

test("evaluate's scalars become validation metrics, the user may dispose them at once", async () => {
  const model = await trained();
  const scalars = model.evaluate(x, y) as tf.Scalar[];
  const [loss, mae] = scalars.map((scalar) => scalar.dataSync()[0]);
  const before = tf.memory();
  const reading = measure(model, scalars);
  expect(tf.memory()).toEqual(before);
  tf.dispose(scalars);
  expect(await reading).toEqual({ validation_loss: loss, validation_mae: mae });
});

test("a backend that reads asynchronously only is waited for", async () => {
  const model = await trained();
  const scalars = model.evaluate(x, y) as tf.Scalar[];
  const [loss, mae] = scalars.map((scalar) => scalar.dataSync()[0]);
  const refuse = () => {
    throw new Error("not synchronously");
  };
  const late = scalars.map((scalar) => Object.assign(scalar, { dataSync: refuse }));
  expect(await measure(model, late)).toEqual({ validation_loss: loss, validation_mae: mae });
});

test("a model without metrics has its loss measured", async () => {
  const model = await trained({ metrics: [] });
  const scalar = model.evaluate(x, y) as tf.Scalar;
  expect(await measure(model, scalar)).toEqual({ validation_loss: scalar.dataSync()[0] });
});

test("the evaluation that is a part of fitDataset is none of the user's", async () => {
  const model = await trained();
  const during: unknown[] = [];
  await model.fit(x, y, {
    verbose: 0,
    callbacks: { onEpochEnd: async () => void during.push(await measure(model, model.evaluate(x, y))) },
  });
  expect(during).toEqual([undefined]);
});

const original = Object.getOwnPropertyDescriptor(util, "isNullOrUndefined");

afterEach(() => {
  if (original) Object.defineProperty(util, "isNullOrUndefined", original);
});

test("tfjs-node gets back the function that Node 23 removed; nothing else is touched", () => {
  Reflect.deleteProperty(util, "isNullOrUndefined");
  tfjs.prepare?.({}, "@tensorflow/tfjs-layers");
  expect("isNullOrUndefined" in util).toBe(false);
  tfjs.prepare?.({}, "@tensorflow/tfjs-node");
  const { isNullOrUndefined } = util as unknown as { isNullOrUndefined(value: unknown): boolean };
  expect([null, undefined, 0, ""].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  if (!original) Reflect.deleteProperty(util, "isNullOrUndefined");
});
