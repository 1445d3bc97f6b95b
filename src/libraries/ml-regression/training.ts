import { regressionMetrics, type RegressionValues } from "../../models/metrics/regression";
import type { TrainingCall, TrainingOutcome, TrainingPlan } from "../integration";
import type { Estimator, RegressionModel } from "./estimators";
import { predictAll } from "./predictions";

/** Plans how a construction is recorded; `undefined` for one that trains nothing. */
export function begin(estimator: Estimator, { args, self, estimator: name }: TrainingCall): TrainingPlan | undefined {
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
