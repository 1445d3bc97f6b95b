/** One training of the import matrix: a column of its table. */
export interface MatrixTraining {
  readonly name: string;
  /** Package that `expression` uses, and the names that it takes from there. */
  readonly package: "ml-regression" | "ml-random-forest" | "@tensorflow/tfjs";
  readonly imports: readonly string[];
  /** An expression that trains, valid as JavaScript and as TypeScript (the libraries' types are in the way of some), with the data of {@link TRAINING_DATA}; may be a promise. */
  readonly expression: string;
  readonly estimatorClass: string;
  /** Of the params those that only this call's own arguments give. */
  readonly params: Readonly<Record<string, string>>;
  /** A metric that needs the training's data. */
  readonly metric: string;
  /** What the data set's profile says of shapes. */
  readonly shapes: { readonly features: readonly number[]; readonly targets: readonly number[] };
}

/** What every expression may use, as JavaScript: ten points on a curve, as numbers, rows and classes. */
export const TRAINING_DATA = `
const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const y = x.map((value) => 2 * value + Math.sin(value) + 1);
const rows = x.map((value, index) => [value, (index * 7) % 5]);
const columns = y.map((value) => [value, -value]);
const classes = x.map((value) => (value > 5 ? 1 : 0));
`;

const regression = (name: string, className: string, rest = "", params = {}): MatrixTraining => ({
  name,
  package: "ml-regression",
  imports: [className],
  expression: `new ${className}(x, y${rest})`,
  estimatorClass: `ml-regression.${name === "SLR" ? "SimpleLinearRegression" : name}`,
  params,
  metric: "training_r2_score",
  shapes: { features: [10], targets: [10] },
});

const multivariate = (
  name: string,
  className: string,
  targets: "y" | "columns",
  options: string,
  params: Readonly<Record<string, string>>,
): MatrixTraining => ({
  ...regression(name, className, "", params),
  expression: `new ${className}(rows, ${targets}, ${options})`,
  shapes: { features: [10, 2], targets: targets === "y" ? [10] : [10, 2] },
});

const forest = (name: string, targets: string, metric: string): MatrixTraining => ({
  name,
  package: "ml-random-forest",
  imports: [name],
  expression: `new ${name}({ nEstimators: 3, seed: 7, noOOB: true }).train(rows, ${targets})`,
  estimatorClass: `ml-random-forest.${name}`,
  params: { nEstimators: "3", seed: "7" },
  metric,
  shapes: { features: [10, 2], targets: [10] },
});

const network = (name: string, expression: string, estimator = "Sequential"): MatrixTraining => ({
  name,
  package: "@tensorflow/tfjs",
  imports: ["layers", "input", "model", "sequential", "tensor2d", "Sequential", "data"],
  expression,
  estimatorClass: `tfjs.${estimator}`,
  params: { epochs: "2", opt_name: "SGD" },
  metric: "loss",
  shapes: { features: [10, 2], targets: [10, 2] },
});

const FIT = "{ epochs: 2, verbose: 0 }";
const COMPILED = `model.compile({ optimizer: "sgd", loss: "meanSquaredError" })`;
const TENSORS = "tensor2d(rows), tensor2d(columns)";
const LAYER = "layers.dense({ units: 2, inputShape: [2] })";

/** A training for each mechanism by which a class is hooked, and every class of ml-regression. */
export const MATRIX_TRAININGS: readonly MatrixTraining[] = [
  regression("SLR", "SLR"),
  regression("SimpleLinearRegression", "SimpleLinearRegression"),
  regression("PolynomialRegression", "PolynomialRegression", ", 2", { degree: "2", interceptAtZero: "false" }),
  regression("ExponentialRegression", "ExponentialRegression"),
  regression("PowerRegression", "PowerRegression"),
  regression("TheilSenRegression", "TheilSenRegression"),
  regression("RobustPolynomialRegression", "RobustPolynomialRegression", ", 1", { degree: "1" }),
  {
    ...regression("PotentialRegression", "NLR", "", { M: "2" }),
    expression: "new NLR.PotentialRegression(x, y, 2)",
  },
  multivariate("MultivariateLinearRegression", "MultivariateLinearRegression", "columns", "{ statistics: false }", {
    intercept: "true",
    statistics: "false",
  }),
  multivariate("KernelRidgeRegression", "KRR", "columns", `{ lambda: 0.25, kernelType: "gaussian" }`, {
    lambda: "0.25",
    kernelType: "gaussian",
  }),
  multivariate("PolinomialFitting2D", "PolinomialFitting2D", "y", "{ order: 1 }", { order: "1" }),
  {
    ...regression("a subclass of SLR", "SLR"),
    expression: "(() => { class Mine extends SLR {} return Reflect.construct(Mine, [x, y]) })()",
    estimatorClass: "ml-regression.Mine",
  },
  forest("RandomForestClassifier", "classes", "training_accuracy_score"),
  forest("RandomForestRegression", "y", "training_r2_score"),
  network(
    "Sequential.fit",
    `(() => { const model = sequential({ layers: [${LAYER}] }); ${COMPILED}; return model.fit(${TENSORS}, ${FIT}) })()`,
  ),
  network(
    "LayersModel.fit",
    `(() => {
      const start = input({ shape: [2] });
      const graph = { inputs: start, outputs: layers.dense({ units: 2 }).apply(start) };
      const network = Reflect.apply(model, undefined, [graph]);
      network.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      return network.fit(${TENSORS}, ${FIT});
    })()`,
    "LayersModel",
  ),
  {
    ...network(
      "a subclass's fitDataset",
      `(() => {
      class Mine extends Sequential {}
      const model = new Mine({ layers: [${LAYER}] });
      ${COMPILED};
      const pairs = data.zip({ xs: data.array(rows), ys: data.array(columns) }).batch(5);
      return model.fitDataset(pairs, ${FIT});
    })()`,
      "Mine",
    ),
    // The first batch, as it passed by.
    shapes: { features: [5, 2], targets: [5, 2] },
  },
];
