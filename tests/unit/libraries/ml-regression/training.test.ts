import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import type { ConstructorHook, TrainingOutcome, TrainingPlan } from "../../../../src/libraries";
import { mlRegression } from "../../../../src/libraries/ml-regression";
import { type Flavor, inferSignature, type ModelSnapshot } from "../../../../src/models";

const load = createRequire(__filename);

interface Regression {
  predict(x: unknown): number[] | number[][];
}

interface RegressionClass {
  new (...args: readonly unknown[]): Regression;
  load(json: object): Regression;
}

const library = load("ml-regression") as Record<string, RegressionClass> & { NLR: Record<string, RegressionClass> };
const classOf = (name: string) => (library[name] ?? library.NLR[name]) as RegressionClass;

const x = [1, 2, 3, 4, 5, 6];
const y = [2.1, 3.9, 6.2, 7.8, 10.1, 12.2];
const rows = x.map((value) => [value, (value * value) % 5]);
const targets = rows.map(([a, b]) => [2 * (a as number) + 3 * (b as number) + 1]);
const flat = targets.map(([value]) => value as number);

/** Of each class: what it is trained with, and its hyperparameters when nothing and when something is chosen. */
const CLASSES: Readonly<
  Record<
    string,
    readonly [data: readonly [unknown, unknown], defaults: object, given: readonly unknown[], chosen: object]
  >
> = {
  SimpleLinearRegression: [[x, y], {}, [], {}],
  PolynomialRegression: [
    [x, y],
    { degree: 2, interceptAtZero: false },
    [2, { interceptAtZero: true }],
    { degree: 2, interceptAtZero: true },
  ],
  ExponentialRegression: [[x, y], {}, [], {}],
  PowerRegression: [[x, y], {}, [], {}],
  TheilSenRegression: [[x, y], {}, [], {}],
  RobustPolynomialRegression: [[x, y], { degree: 1 }, [2], { degree: 2 }],
  PotentialRegression: [[x, y], { M: 1 }, [2], { M: 2 }],
  MultivariateLinearRegression: [
    [rows, targets],
    { intercept: true, statistics: true },
    [{ intercept: false, statistics: false }],
    { intercept: false, statistics: false },
  ],
  KernelRidgeRegression: [
    [rows, targets],
    { lambda: 0.1, kernelType: "gaussian", kernelOptions: {} },
    [{ lambda: 0.5, kernelType: "gaussian", kernelOptions: { sigma: 2 } }],
    { lambda: 0.5, kernelType: "gaussian", kernelOptions: { sigma: 2 } },
  ],
  PolinomialFitting2D: [[rows, targets], { order: 2 }, [{ order: 1 }], { order: 1 }],
};
const NAMES = Object.keys(CLASSES);
/** Arguments that a class cannot do without beside its data. */
const REQUIRED: Readonly<Record<string, readonly unknown[]>> = {
  PolynomialRegression: [2],
  RobustPolynomialRegression: [1],
  PotentialRegression: [1],
};

/** Trains as the engine does: begin, the original, finish. */
function record(name: string, args: readonly unknown[], estimator = name, Class = classOf(name)) {
  const hook = mlRegression.trainings.find((one) => one.estimator === name) as ConstructorHook;
  const plan = hook.begin({
    library,
    libraryVersion: "6.3.0",
    estimator,
    method: "constructor",
    self: undefined,
    args,
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
  const model = new Class(...args);
  return { plan, model, outcome: plan.finish({ result: model, model }) as TrainingOutcome };
}

const { flavor } = mlRegression as { flavor: Flavor };
const snapshot = (model: object) => flavor.snapshot(model) as ModelSnapshot;

const trained = (name: string) => {
  const [data] = CLASSES[name] as (typeof CLASSES)[string];
  return { data, ...record(name, [...data, ...(REQUIRED[name] ?? [])]) };
};

test("every class of the library that trains is recorded", () => {
  expect(mlRegression.trainings.map(({ estimator }) => estimator).sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)("%s", (name) => {
  const [data, defaults, given, chosen] = CLASSES[name] as (typeof CLASSES)[string];

  test("has every hyperparameter among its params, the library's defaults included", () => {
    expect(trained(name).plan.params).toEqual(defaults);
    expect(record(name, [...data, ...given]).plan.params).toEqual({ ...defaults, ...chosen });
  });

  test("is measured on its training data", () => {
    const { model, outcome } = trained(name);
    const actual = data[0] === x ? y : flat;
    const predicted = (model.predict(data[0]) as (number | number[])[]).map((one) =>
      Array.isArray(one) ? (one[0] as number) : one,
    );
    const errors = actual.map((value, row) => value - (predicted[row] as number));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const mean = sum(actual) / actual.length;
    const squared = sum(errors.map((error) => error ** 2));
    const { metrics = {} } = outcome;
    expect(metrics.training_mean_squared_error).toBeCloseTo(squared / actual.length, 9);
    expect(metrics.training_root_mean_squared_error).toBeCloseTo(Math.sqrt(squared / actual.length), 9);
    expect(metrics.training_mean_absolute_error).toBeCloseTo(sum(errors.map(Math.abs)) / actual.length, 9);
    const r2 = 1 - squared / sum(actual.map((value) => (value - mean) ** 2));
    expect(metrics.training_r2_score).toBeCloseTo(r2, 9);
    expect(metrics.training_score).toBeCloseTo(r2, 9);
  });

  test("has the signature of its data and predictions, and names the data", () => {
    const { plan, model, outcome } = trained(name);
    expect(plan.data).toEqual([{ context: "train", data: data[0], targets: data[1] }]);
    const { input, output } = outcome.signature as { input: unknown; output: unknown };
    expect(inferSignature(input, output)).toEqual(inferSignature(data[0], model.predict(data[0])));
  });

  test("is kept in a form that the class's own load takes, and predicts the same", () => {
    const { model } = trained(name);
    expect(flavor.recognises(model)).toBe(true);
    const { files, config } = snapshot(model);
    expect(config).toEqual({ package: "ml-regression", export: name, data: "model.json" });
    expect(files.map(({ path }) => path)).toEqual(["model.json"]);
    const restored = classOf(name).load(JSON.parse(files[0]?.bytes as string));
    expect(restored.predict(data[0])).toEqual(model.predict(data[0]));
  });

  test("is called by the name of the user's class that extends it, and kept as what it is", () => {
    class Mine extends classOf(name) {}
    const { plan, model } = record(name, [...data, ...(REQUIRED[name] ?? [])], "Mine", Mine);
    expect(plan.estimatorName).toBe("Mine");
    expect(snapshot(model)).toMatchObject({ config: { export: name } });
  });
});

test("what is no regression of the library is not recognised", () => {
  for (const value of [undefined, null, 1, {}, [], { toJSON: () => ({}) }])
    expect(flavor.recognises(value)).toBe(false);
});
