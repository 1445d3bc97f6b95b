import { regressionMetrics, type RegressionValues } from "../../models";
import type {
  CaptureHook,
  ConstructorHook,
  EvaluationHook,
  RestoreHook,
  TrainingCall,
  TrainingOutcome,
  TrainingPlan,
} from "../integration";
import { ESTIMATORS, type Estimator, type RegressionModel } from "./estimators";
import { predictAll } from "./predictions";

/** Every class trains in its constructor. */
export const trainings: readonly ConstructorHook[] = ESTIMATORS.map((estimator) => ({
  kind: "constructor",
  target: estimator.target,
  estimator: estimator.name,
  late: estimator.late,
  begin: (call) => begin(estimator, call),
}));

/** `load(json)` constructs without training. */
export const restores: readonly RestoreHook[] = ESTIMATORS.map(({ target }) => ({ target, methods: ["load"] }));

/** Every class of one x hands (x, y) to this function. */
export const captures: readonly CaptureHook[] = [
  { package: "ml-regression-base", file: "checkArrayLength.js", export: "checkArrayLength" },
];

/** `score(x, y)` of the classes of one x. */
export const evaluations: readonly EvaluationHook[] = [
  {
    target: { package: "ml-regression-base", path: ["BaseRegression"] },
    methods: ["score"],
    metrics: ({ result }) =>
      Object.fromEntries(
        Object.entries(result as Record<string, number>).map(([name, value]) => [`validation_${name}`, value]),
      ),
  },
];

function begin(estimator: Estimator, { args, self, estimator: name }: TrainingCall): TrainingPlan | undefined {
  const [x, y] = args;
  // What load() hands to the constructor in place of data: `true`, or the model's JSON.
  if (x === true || (typeof x === "object" && x !== null && "name" in x && "coefficients" in x)) return undefined;
  return {
    estimatorName: name,
    params: estimator.params(args, (self ?? {}) as Readonly<Record<string, unknown>>),
    data: x === undefined ? [] : [{ context: "train", data: x, targets: y }],
    finish: ({ model }) => outcomeOf(estimator, model as RegressionModel, x, y),
  };
}

function outcomeOf(estimator: Estimator, model: RegressionModel, x: unknown, y: unknown): TrainingOutcome {
  const notes = estimator.formula ? [model.toString(4)] : [];
  if (x === undefined) return { notes };
  const predicted = predictAll(estimator, model, x);
  return {
    metrics: y === undefined ? {} : regressionMetrics(toValues(y), predicted),
    signature: { input: x, output: predicted },
    notes,
  };
}

/** Targets may be a matrix. */
function toValues(y: unknown): RegressionValues {
  const matrix = y as { to2DArray?: () => number[][] };
  return typeof matrix.to2DArray === "function" ? matrix.to2DArray() : (y as RegressionValues);
}
