import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { Matrix } from "ml-matrix";
import * as forests from "ml-random-forest";
import * as regressions from "ml-regression";
import { beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { integrations } from "../../../src/libraries";
import { captureTable, type Flavor, type ModelSource, type PredictionInput } from "../../../src/models";
import { moduleImporter } from "../../../src/models/python/node";
import { temporaryFolder } from "../../support/temporary-folder";

const require = createRequire(join(REPOSITORY, "package.json"));
const flavors = integrations.map(({ flavor }) => flavor as Flavor);

/** The model, written to a folder and made again from it. */
async function restored(model: object, packages: (name: string) => unknown = require) {
  const flavor = flavors.find(({ recognises }) => recognises(model)) as Flavor;
  const { files, config } = await flavor.snapshot(model);
  const folder = temporaryFolder();
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const predictor = flavor.predictor as NonNullable<Flavor["predictor"]>;
  const importModule = moduleImporter({ folder, places: [REPOSITORY], load: packages });
  const source: ModelSource = { folder, config, require: packages, importModule };
  const again = await predictor.restore(source);
  return {
    model: again as Record<string, CallableFunction>,
    predict: async (input: unknown) => await predictor.predict(again, captureTable(input) as PredictionInput, {}),
    kept: (other: object) => flavor.snapshot(other),
  };
}

const xs = [1, 2, 3, 4, 5.5, 6.25, 7.125];
const ys = xs.map((x) => 0.1 + x / 3);
const rows = xs.map((x, index) => [x, (index * 7) % 5]);
type Regression = new (...args: unknown[]) => { predict(x: unknown): unknown };
const classes = regressions as unknown as Readonly<Record<string, Regression>>;
const fitted = (name: string, ...args: unknown[]): object => new (classes[name] as Regression)(...args);

const single: Record<string, object> = {
  SimpleLinearRegression: fitted("SimpleLinearRegression", xs, ys),
  PolynomialRegression: fitted("PolynomialRegression", xs, ys, 3),
  ExponentialRegression: fitted("ExponentialRegression", xs, ys),
  PowerRegression: fitted("PowerRegression", xs, ys),
  TheilSenRegression: fitted("TheilSenRegression", xs, ys),
  RobustPolynomialRegression: fitted("RobustPolynomialRegression", xs, ys, 2),
  PotentialRegression: new regressions.NLR.PotentialRegression(xs, ys, 2),
};
const several: Record<string, object> = {
  MultivariateLinearRegression: fitted(
    "MultivariateLinearRegression",
    rows,
    ys.map((y) => [y, -y]),
  ),
  "MultivariateLinearRegression without statistics": fitted(
    "MultivariateLinearRegression",
    rows,
    ys.map((y) => [y]),
    { statistics: false, intercept: false },
  ),
  KernelRidgeRegression: fitted(
    "KernelRidgeRegression",
    rows,
    ys.map((y) => [y]),
    { kernelType: "cauchy", kernelOptions: { sigma: 2 } },
  ),
  PolinomialFitting2D: fitted(
    "PolinomialFitting2D",
    rows,
    ys.map((y) => [y]),
    { order: 2 },
  ),
};
type Asked = { predict(x: unknown): unknown };

describe("ml-regression", () => {
  const asked = [0, -0, 0.1, -3, 1e300, 1 / 3];
  test.each(Object.entries(single))("%s predicts as it did", async (_, model) => {
    const again = await restored(model);
    const expected = (model as Asked).predict(asked);
    for (const input of [
      asked,
      Float64Array.from(asked),
      asked.map((x) => [x]),
      asked.map((x) => ({ x })),
      { x: asked },
    ])
      expect(await again.predict(input)).toEqual(expected);
    await expect(again.predict([[1, 2]])).rejects.toThrow("takes one number for each row; what came has 2 for each");
  });

  const askedRows = [
    [0, -0],
    [1 / 3, -2],
    [1e10, 4],
  ];
  test.each(Object.entries(several))("%s predicts as it did", async (_, model) => {
    const again = await restored(model);
    const expected = (model as Asked).predict(askedRows);
    const named = askedRows.map(([a, b]) => ({ a, b }));
    for (const input of [
      askedRows,
      new Matrix(askedRows),
      named,
      { a: askedRows.map(([a]) => a), b: askedRows.map(([, b]) => b) },
    ])
      expect(await again.predict(input)).toEqual(expected);
    expect(await again.predict([1 / 3, -2])).toEqual([(expected as unknown[])[1]]);
    await expect(again.predict([[1, 2, 3]])).rejects.toThrow("takes rows of 2 numbers; what came has 3 for each");
    await expect(again.predict([[1]])).rejects.toThrow("takes rows of 2 numbers");
  });

  test.each(Object.entries({ ...single, ...several }))("%s can be kept once more", async (_, model) => {
    const { model: again, kept } = await restored(model);
    expect(await kept(again)).toEqual(await kept(model));
  });

  test("a model that is no number predicts none, and a negative zero stays one", async () => {
    const nowhere = new regressions.SimpleLinearRegression([1, 1], [1, 2]);
    expect(await (await restored(nowhere)).predict([1, 2])).toEqual(nowhere.predict([1, 2]));
    expect(nowhere.predict([1])).toEqual([Number.NaN]);
    const flat = Object.assign(new regressions.SimpleLinearRegression([1, 2], [1, 2]), { slope: -0, intercept: -0 });
    expect(await (await restored(flat)).predict([1])).toEqual([-0]);
    const steep = Object.assign(new regressions.SimpleLinearRegression([1, 2], [1, 2]), { slope: -Infinity });
    expect(await (await restored(steep)).predict([1])).toEqual([-Infinity]);
  });

  test("the package of the class alone is enough", async () => {
    const asks: string[] = [];
    const packages = (name: string): unknown => {
      asks.push(name);
      if (name === "ml-regression") throw new Error("missing");
      return require(name);
    };
    for (const [name, model] of Object.entries({ ...single, ...several })) {
      const again = restored(model, packages);
      if (["PotentialRegression", "KernelRidgeRegression", "PolinomialFitting2D"].includes(name))
        await expect(again).rejects.toThrow("missing");
      else await expect(again).resolves.toBeDefined();
    }
    expect(asks).toContain("ml-regression-theil-sen");
  });
});

describe("ml-random-forest", () => {
  const labels = rows.map(([, b]) => (b ?? 0) % 3);
  // Out-of-bag predictions fail for trees that have seen every row.
  const options = { nEstimators: 7, seed: 5, maxFeatures: 2, noOOB: true, treeOptions: { minNumSamples: 1 } };
  const asked = [...rows, [0.3, 2], [100, -1]];

  test.each(["mean", "median"] as const)("a regression forest by %s predicts as it did", async (selectionMethod) => {
    const forest = new forests.RandomForestRegression({ ...options, selectionMethod });
    forest.train(rows, ys);
    const again = await restored(forest);
    expect(await again.predict(asked)).toEqual(forest.predict(asked));
    expect(await again.predict(new Matrix(asked))).toEqual(forest.predict(asked));
    // Nodes that were loaded have forgotten how many samples they saw: the text differs, the forest does not.
    expect(await (await restored(again.model)).predict(asked)).toEqual(forest.predict(asked));
  });

  test("a classifier predicts as it did", async () => {
    const forest = new forests.RandomForestClassifier(options);
    forest.train(rows, labels);
    const again = await restored(forest);
    expect(await again.predict(asked)).toEqual(forest.predict(asked));
    expect(await again.predict(asked.map(([a, b]) => ({ a, b })))).toEqual(forest.predict(asked));
    await expect(again.predict([[1]])).rejects.toThrow("at least 2 numbers; what came has 1");
  });

  test("targets that are no number, infinite or a negative zero come back", async () => {
    const targets = [Number.NaN, -0, -0, Infinity, -Infinity, 1, 2];
    const forest = new forests.RandomForestRegression({ ...options, useSampleBagging: false });
    forest.train(rows, targets);
    expect(await (await restored(forest)).predict(rows)).toEqual(forest.predict(rows));
  });
});

describe("tfjs", () => {
  beforeAll(() => tf.setBackend("cpu"));
  const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
  const nested = (output: tf.Tensor | tf.Tensor[]) => (output as tf.Tensor).arraySync();

  test("a sequential model predicts as it did, for numbers in any form, and leaves no tensor", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 5, inputShape: [2], activation: "tanh", kernelInitializer: seeded(1) }),
        tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: seeded(2) }),
      ],
    });
    model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
    const again = await restored(model);
    const many = Array.from({ length: 70 }, (_, index) => [index / 7, -index]);
    const tensor = tf.tensor2d(many);
    const expected = nested(model.predict(tensor) as tf.Tensor);
    const before = tf.memory().numTensors;
    for (const input of [
      many,
      tensor,
      new Matrix(many),
      many.map(([a, b]) => ({ a, b })),
      { a: many.map(([a]) => a), b: many.map(([, b]) => b) },
    ])
      expect(await again.predict(input)).toEqual(expected);
    await expect(again.predict([[1, 2, 3]])).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
    expect(again.model.optimizer).toBeDefined();
  });

  test("several inputs and outputs go by name, columns too", async () => {
    const [left, right] = [tf.input({ shape: [1], name: "left" }), tf.input({ shape: [3], name: "right" })];
    const joined = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
    const outputs = ["one", "two"].map(
      (name, index) =>
        tf.layers
          .dense({ units: index + 1, name, kernelInitializer: seeded(index) })
          .apply(joined) as tf.SymbolicTensor,
    );
    const model = tf.model({ inputs: [left, right], outputs });
    const again = await restored(model);
    const [l, r] = [
      tf.tensor2d([[1], [2]]),
      tf.tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ];
    const [one, two] = model.predict([l, r]) as tf.Tensor[];
    const expected = { one: one?.arraySync(), two: two?.arraySync() };
    expect(await again.predict({ right: r, left: l })).toEqual(expected);
    expect(await again.predict([l, r])).toEqual(expected);
    expect(
      await again.predict({
        left: [1, 2],
        right: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      }),
    ).toEqual(expected);
    await expect(again.predict({ left: l })).rejects.toThrow("This model has 2 inputs (left, right); 1 came.");
  });

  test("an image model takes nested arrays, and columns of them", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2, kernelInitializer: seeded(1) }),
        tf.layers.batchNormalization(),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, kernelInitializer: seeded(2) }),
      ],
    });
    const images = [0, 1, 2].map((image) => [0, 1, 2, 3].map((y) => [0, 1, 2, 3].map((x) => [(x * y + image) / 7])));
    const again = await restored(model);
    const expected = nested(model.predict(tf.tensor4d(images)) as tf.Tensor);
    expect(await again.predict(images)).toEqual(expected);
    expect(await again.predict(images.map((image) => ({ image })))).toEqual(expected);
  });

  test("tfjs-node is asked for where there is nothing else", async () => {
    const asks: string[] = [];
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    const packages = (name: string): unknown => {
      asks.push(name);
      if (name === "@tensorflow/tfjs") throw new Error("missing");
      return tf;
    };
    await restored(model, packages);
    expect(asks).toEqual(["@tensorflow/tfjs", "@tensorflow/tfjs-node"]);
  });
});
