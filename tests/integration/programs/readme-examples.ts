import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../../scripts/repository";

/** A training of an example: the run that must be there after it. */
export interface ExpectedTraining {
  readonly library: "ml-regression" | "ml-random-forest";
  readonly estimator: string;
  /** All of them, the library's defaults included. */
  readonly params: Readonly<Record<string, string>>;
  /** The call, as it stands in the README. */
  readonly call: string;
  /** Shape of the training data. */
  readonly shape: readonly number[];
}

/** A block of JavaScript in the README of an installed package. */
export interface ReadmeExample {
  readonly package: string;
  /** Which of the README's blocks of JavaScript, from 0. */
  readonly block: number;
  readonly module: "cjs" | "mjs";
  readonly trainings: readonly ExpectedTraining[];
  /** Gives what the last model was trained towards and what it says of the same rows; printed at the end, for most examples print nothing. */
  readonly answers?: string;
  /** It calls `score` with the training data. */
  readonly scored?: boolean;
  /** An earlier block on which this one, a fragment, builds. */
  readonly after?: number;
  /** A fault of the README's own: what stands there, what it means, and why it fails as it stands. */
  readonly mend?: { readonly from: string; readonly to: string; readonly why: string };
}

/** Those of the trees are the defaults of ml-cart. */
const FOREST_DEFAULTS = {
  maxSamples: "null",
  useSampleBagging: "true",
  noOOB: "false",
  "treeOptions.minNumSamples": "3",
  "treeOptions.maxDepth": "Infinity",
  "treeOptions.splitFunction": "mean",
};

const polynomial = (params: ExpectedTraining["params"], call: string): ExpectedTraining => ({
  library: "ml-regression",
  estimator: "PolynomialRegression",
  params,
  call,
  shape: [15],
});
const DEGREE_5 = polynomial({ degree: "5", interceptAtZero: "false" }, "new PolynomialRegression(x, y, degree)");

/** Every example that the READMEs of ml-regression, its packages and ml-random-forest hold. */
export const README_EXAMPLES: readonly ReadmeExample[] = [
  {
    package: "ml-regression",
    block: 0,
    module: "cjs",
    trainings: [
      {
        library: "ml-regression",
        estimator: "SimpleLinearRegression",
        params: {},
        call: "new SLR(inputs, outputs)",
        shape: [5],
      },
    ],
    answers: "[outputs, regression.predict(inputs)]",
  },
  {
    package: "ml-regression",
    block: 1,
    module: "cjs",
    trainings: [DEGREE_5],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-simple-linear",
    block: 0,
    module: "mjs",
    scored: true,
    // Its `load` at the end is no training.
    trainings: [
      {
        library: "ml-regression",
        estimator: "SimpleLinearRegression",
        params: {},
        call: "new SimpleLinearRegression(x, y)",
        shape: [5],
      },
    ],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-polynomial",
    block: 0,
    module: "mjs",
    scored: true,
    trainings: [DEGREE_5],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-polynomial",
    block: 1,
    module: "mjs",
    after: 0,
    trainings: [
      DEGREE_5,
      polynomial({ degree: "5", interceptAtZero: "true" }, "new PolynomialRegression(x, y, degree, {"),
    ],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-polynomial",
    block: 2,
    module: "mjs",
    after: 0,
    trainings: [
      DEGREE_5,
      polynomial({ degree: "[0,1,2,3,4,5]", interceptAtZero: "false" }, "new PolynomialRegression(x, y, powers)"),
    ],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-multivariate-linear",
    block: 0,
    module: "mjs",
    trainings: [
      {
        library: "ml-regression",
        estimator: "MultivariateLinearRegression",
        params: { intercept: "true", statistics: "true" },
        call: "new MLR(x, y)",
        shape: [4, 2],
      },
    ],
    answers: "[y.flat(), mlr.predict(x).flat()]",
  },
  {
    package: "ml-regression-exponential",
    block: 0,
    module: "mjs",
    trainings: [
      {
        library: "ml-regression",
        estimator: "ExponentialRegression",
        params: {},
        call: "new ExponentialRegression(x, y)",
        shape: [5],
      },
    ],
    answers: "[y, regression.predict(x)]",
  },
  {
    package: "ml-regression-theil-sen",
    block: 0,
    module: "mjs",
    trainings: [
      {
        library: "ml-regression",
        estimator: "TheilSenRegression",
        params: {},
        call: "new TheilSenRegression(inputs, outputs)",
        shape: [9],
      },
    ],
    answers: "[outputs, regression.predict(inputs)]",
    mend: {
      from: "import TheilSenRegression from",
      to: "import { TheilSenRegression } from",
      why: "the class is no default export",
    },
  },
  {
    package: "ml-regression-robust-polynomial",
    block: 0,
    module: "mjs",
    trainings: [
      {
        library: "ml-regression",
        estimator: "RobustPolynomialRegression",
        params: { degree: "3" },
        call: "new RobustPolynomialRegression(x, y, 3)",
        shape: [30],
      },
    ],
    answers: "[y, regression.predict(x)]",
  },
  // How to write a regression of one's own: declares a class and trains nothing.
  {
    package: "ml-regression-base",
    block: 0,
    module: "mjs",
    trainings: [],
    mend: {
      from: "import BaseRegression from",
      to: "import { BaseRegression } from",
      why: "the class is no default export",
    },
  },
  {
    package: "ml-random-forest",
    block: 0,
    module: "mjs",
    trainings: [
      {
        library: "ml-random-forest",
        estimator: "RandomForestClassifier",
        params: {
          ...FOREST_DEFAULTS,
          seed: "3",
          maxFeatures: "0.8",
          replacement: "true",
          nEstimators: "25",
          "treeOptions.gainFunction": "gini",
          "treeOptions.gainThreshold": "0.01",
        },
        call: "classifier.train(trainingSet, predictions)",
        shape: [150, 4],
      },
    ],
    answers: "[predictions, result]",
  },
  {
    package: "ml-random-forest",
    block: 1,
    module: "mjs",
    trainings: [
      {
        library: "ml-random-forest",
        estimator: "RandomForestRegression",
        params: {
          ...FOREST_DEFAULTS,
          seed: "3",
          maxFeatures: "2",
          replacement: "false",
          nEstimators: "200",
          selectionMethod: "mean",
          "treeOptions.gainFunction": "regression",
        },
        call: "regression.train(trainingSet, predictions)",
        shape: [25, 3],
      },
    ],
    answers: "[predictions, result]",
  },
];

/** READMEs that hold no code. */
export const WITHOUT_CODE: readonly string[] = ["ml-regression-power"];

/** The blocks of JavaScript in the README of an installed package, as they stand. */
export function readmeBlocks(packageName: string): readonly string[] {
  const readme = readFileSync(join(REPOSITORY, "node_modules", packageName, "README.md"), "utf8");
  return [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code as string);
}

/** The example as a program without trackbook; `mended` where the README has a fault of its own. */
export function exampleProgram({ package: name, block, after, answers, mend }: ReadmeExample, mended: boolean): string {
  const blocks = readmeBlocks(name);
  const print = answers ? `console.log(JSON.stringify(${answers}));\n` : "";
  const code = blocks[block] as string;
  const whole = after === undefined ? code + print : `${blocks[after]}{\n${code}${print}}\n`;
  return mend && mended ? whole.replace(mend.from, mend.to) : whole;
}
