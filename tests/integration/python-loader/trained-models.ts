import * as tf from "@tensorflow/tfjs";
import { RandomForestClassifier, RandomForestRegression } from "ml-random-forest";
import * as regressions from "ml-regression";

/** What of a trained model's is asked. */
export interface Trained {
  readonly model: object;
  /** How many numbers a row has; 1: the model takes single numbers. */
  readonly columns: number;
  predict(rows: readonly (readonly number[])[]): unknown;
}

const xs = [1, 2, 3, 4, 5.5, 6.25, 7.125, 8];
const ys = xs.map((x) => 0.1 + x / 3);
const rows = xs.map((x, index) => [x, (index * 7) % 5]);
const targets = ys.map((y) => [y, -y]);

type Regression = new (...args: unknown[]) => { predict(x: unknown): unknown };
const classes = { ...regressions, ...regressions.NLR } as unknown as Readonly<Record<string, Regression>>;

function ofOne(name: string, ...options: unknown[]): Trained {
  const model = new (classes[name] as Regression)(xs, ys, ...options);
  return { model, columns: 1, predict: (asked) => model.predict(asked.map(([x]) => x)) };
}

function ofSeveral(name: string, y: readonly (readonly number[])[], ...options: unknown[]): Trained {
  const model = new (classes[name] as Regression)(rows, y, ...options);
  return { model, columns: 2, predict: (asked) => model.predict(asked) };
}

/** One of every class of ml-regression. */
export const trainedRegressions = (): Readonly<Record<string, Trained>> => ({
  SimpleLinearRegression: ofOne("SimpleLinearRegression"),
  PolynomialRegression: ofOne("PolynomialRegression", 3),
  ExponentialRegression: ofOne("ExponentialRegression"),
  PowerRegression: ofOne("PowerRegression"),
  TheilSenRegression: ofOne("TheilSenRegression"),
  RobustPolynomialRegression: ofOne("RobustPolynomialRegression", 2),
  PotentialRegression: ofOne("PotentialRegression", 2),
  MultivariateLinearRegression: ofSeveral("MultivariateLinearRegression", targets),
  KernelRidgeRegression: ofSeveral("KernelRidgeRegression", targets, { kernelType: "cauchy" }),
  PolinomialFitting2D: ofSeveral(
    "PolinomialFitting2D",
    ys.map((y) => [y]),
    { order: 2 },
  ),
});

export function trainedForests(): Readonly<Record<string, Trained>> {
  // Out-of-bag predictions fail for trees that have seen every row.
  const options = { nEstimators: 7, seed: 5, maxFeatures: 2, noOOB: true, treeOptions: { minNumSamples: 1 } };
  const regression = new RandomForestRegression(options);
  regression.train(rows, ys);
  const classifier = new RandomForestClassifier(options);
  classifier.train(
    rows,
    rows.map(([, b]) => (b ?? 0) % 3),
  );
  return Object.fromEntries(
    Object.entries({ regression, classifier }).map(([name, model]) => [
      name,
      { model, columns: 2, predict: (asked) => model.predict(asked as number[][]) } satisfies Trained,
    ]),
  );
}

/** Two layers, two numbers for each row. */
export function trainedNetwork(): Trained & { readonly model: tf.Sequential } {
  const layer = (units: number, seed: number, rest: object = {}) =>
    tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed }), ...rest });
  const model = tf.sequential({ layers: [layer(7, 1, { inputShape: [2], activation: "tanh" }), layer(2, 2)] });
  return {
    model,
    columns: 2,
    predict: (asked) => (model.predict(tf.tensor2d(asked as number[][])) as tf.Tensor).arraySync(),
  };
}

/** Two inputs, `left` and `right`, and two outputs, `one` and `two`. */
export function trainedBranches(): tf.LayersModel {
  const [left, right] = [tf.input({ shape: [1], name: "left" }), tf.input({ shape: [3], name: "right" })];
  const joined = tf.layers.concatenate().apply([left, right]) as tf.SymbolicTensor;
  const outputs = ["one", "two"].map(
    (name, index) =>
      tf.layers
        .dense({ units: index + 1, name, kernelInitializer: tf.initializers.glorotUniform({ seed: index }) })
        .apply(joined) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: [left, right], outputs });
}
