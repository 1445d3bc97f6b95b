import type { HookTarget, LateHook } from "../integration";

/** A trained regression of any kind: as much as is read here. */
export interface RegressionModel {
  predict(x: unknown): unknown;
  toJSON(): Readonly<Record<string, unknown>>;
  toString(precision?: number): string;
}

type Fields = Readonly<Record<string, unknown>>;

/** One class of ml-regression: where it stands, what its hyperparameters are, and how it is seen when it was bound before trackbook. */
export interface Estimator {
  /** The name under which ml-regression exports it. */
  readonly name: string;
  readonly target: HookTarget;
  /** Its model's `name` in JSON. */
  readonly jsonName: string;
  /** Hyperparameters with the library's own defaults; `self` where arguments were not seen. */
  readonly params: (args: readonly unknown[], self: Fields) => Fields;
  readonly late: LateHook;
  /** Trained on rows of numbers, not on single ones. */
  readonly multivariate: boolean;
  /** Its `toString` gives the fitted function. */
  readonly formula: boolean;
}

const none = () => ({});

/** Classes of one x: (x, y, …), which the base package's checkArrayLength sees. */
const univariate = { multivariate: false, formula: true } as const;
const multivariate = { multivariate: true, formula: false } as const;

const endingWith = (field: string): LateHook => ({ begin: "super", ends: [{ field }], lost: [] });

export const ESTIMATORS: readonly Estimator[] = [
  {
    ...univariate,
    name: "SimpleLinearRegression",
    target: { package: "ml-regression-simple-linear", path: ["SimpleLinearRegression"] },
    jsonName: "simpleLinearRegression",
    params: none,
    late: endingWith("coefficients"),
  },
  {
    ...univariate,
    name: "PolynomialRegression",
    target: { package: "ml-regression-polynomial", path: ["PolynomialRegression"] },
    jsonName: "polynomialRegression",
    params: polynomialParams,
    late: endingWith("coefficients"),
  },
  {
    ...univariate,
    name: "ExponentialRegression",
    target: { package: "ml-regression-exponential", path: ["ExponentialRegression"] },
    jsonName: "exponentialRegression",
    params: none,
    late: endingWith("B"),
  },
  {
    ...univariate,
    name: "PowerRegression",
    target: { package: "ml-regression-power", path: ["PowerRegression"] },
    jsonName: "powerRegression",
    params: none,
    late: endingWith("B"),
  },
  {
    ...univariate,
    name: "TheilSenRegression",
    target: { package: "ml-regression-theil-sen", path: ["TheilSenRegression"] },
    jsonName: "TheilSenRegression",
    params: none,
    late: endingWith("coefficients"),
  },
  {
    ...univariate,
    name: "RobustPolynomialRegression",
    target: { package: "ml-regression-robust-polynomial", path: ["RobustPolynomialRegression"] },
    jsonName: "robustPolynomialRegression",
    params: ([, , degree], self) => ({ degree: degree ?? self.degree }),
    late: endingWith("coefficients"),
  },
  {
    ...univariate,
    name: "PotentialRegression",
    target: { package: "ml-regression", path: ["NLR", "PotentialRegression"] },
    jsonName: "potentialRegression",
    params: ([, , M], self) => ({ M: M ?? self.M }),
    late: endingWith("M"),
  },
  {
    ...multivariate,
    name: "MultivariateLinearRegression",
    target: { package: "ml-regression-multivariate-linear", path: [] },
    jsonName: "multivariateLinearRegression",
    params: ([, , options], self) => {
      const { intercept = self.intercept ?? true, statistics = self.statistics ?? true } = (options ?? {}) as Fields;
      return { intercept, statistics };
    },
    late: {
      begin: { field: "statistics" },
      ends: [{ field: "intercept", when: (self) => !self.statistics }, { field: "tStats" }],
      // Its first steps: `x = new Matrix(x); y = new Matrix(y)`.
      calls: [
        {
          package: "ml-matrix",
          path: ["Matrix"],
          take: ([given], known) => (known.length < 2 ? [...known, given] : known),
        },
      ],
      lost: ["x", "y"],
    },
  },
  {
    ...multivariate,
    name: "KernelRidgeRegression",
    target: { package: "ml-regression", path: ["KernelRidgeRegression"] },
    jsonName: "kernelRidgeRegression",
    params: ([, , options], self) => {
      const { lambda = self.kernelType === undefined ? 0.1 : undefined, ...given } = (options ?? {}) as Fields;
      const { kernelType = self.kernelType ?? "gaussian", kernelOptions = self.kernelOptions ?? {} } = given;
      return { ...(lambda === undefined ? {} : { lambda }), kernelType, kernelOptions };
    },
    late: {
      begin: "super",
      ends: [{ field: "kernel" }],
      kept: ["inputs"],
      // `K.add(Matrix.eye(n, n).mul(lambda)); solve(K, outputs)`: the last factor before.
      calls: [
        {
          package: "ml-matrix",
          path: ["AbstractMatrix", "prototype", "mul"],
          take: ([lambda], [x, y]) => [x, y, { lambda }],
        },
        { package: "ml-matrix", path: ["solve"], take: ([, outputs], [x, , options]) => [x, outputs, options] },
      ],
      lost: ["outputs", "lambda"],
    },
  },
  {
    ...multivariate,
    name: "PolinomialFitting2D",
    target: { package: "ml-regression", path: ["PolinomialFitting2D"] },
    jsonName: "polyfit2D",
    params: ([, , options], self) => ({ order: (options as Fields | undefined)?.order ?? self.order ?? 2 }),
    late: { begin: "super", ends: [{ method: "train" }], kept: ["X", "y"], lost: [] },
  },
];

/** The fitted model keeps the powers only; `degree` and `interceptAtZero` follow from them. */
function polynomialParams([, , degree, options]: readonly unknown[], { powers }: Fields): Fields {
  if (degree !== undefined || !Array.isArray(powers)) {
    const { interceptAtZero = false } = (options ?? {}) as Fields;
    return { degree, interceptAtZero };
  }
  const first = powers[0] as number;
  const isRange = (first === 0 || first === 1) && powers.every((power, index) => power === first + index);
  return isRange ? { degree: powers.at(-1), interceptAtZero: first === 1 } : { degree: powers, interceptAtZero: false };
}
