import type { RegressionValues } from "../../models/metrics/regression";
import type { Estimator, RegressionModel } from "./estimators";

/** What the model says of the data that it was trained with; a matrix is asked row by row, as `predict` wants it. */
export function predictAll(estimator: Estimator, model: RegressionModel, x: unknown): RegressionValues {
  const matrix = x as { to2DArray?: () => number[][] };
  const rows = typeof matrix.to2DArray === "function" ? matrix.to2DArray() : x;
  const predicted = model.predict(estimator.multivariate ? Array.from(rows as ArrayLike<unknown>) : rows);
  return predicted as RegressionValues;
}
