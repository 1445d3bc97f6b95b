import { InvalidInputError, messages } from "../../core";
import { exactMean, exactSum } from "./exact-sum";

/** Values of one output, or rows of several. */
export type RegressionValues = ArrayLike<number> | ArrayLike<ArrayLike<number>>;

/**
 * The metrics that MLflow's autologging gives a regression, under its names (mlflow/sklearn/utils.py,
 * _get_regressor_metrics): `mean_squared_error`, `root_mean_squared_error`, `mean_absolute_error`, `r2_score` and
 * `score`, which is r² again. Formulas are scikit-learn's (sklearn/metrics/_regression.py); several outputs count
 * alike. Where scikit-learn refuses NaN, the metrics are NaN; of nothing there are none, and of a single value no r².
 *
 * @param prefix `"training_"` by default.
 * @throws InvalidInputError when the two differ in length.
 */
export function regressionMetrics(
  actual: RegressionValues,
  predicted: RegressionValues,
  prefix = "training_",
): Record<string, number> {
  if (actual.length !== predicted.length)
    throw new InvalidInputError(messages.lengthMismatch("True and predicted values", actual.length, predicted.length));
  const outputs = pairOutputs(actual, predicted);
  if (actual.length === 0 || outputs.length === 0) return {};
  const mean = (measure: (output: Output) => number) => exactMean(outputs.map(measure));
  const metrics = {
    [`${prefix}mean_squared_error`]: mean(meanSquaredError),
    [`${prefix}root_mean_squared_error`]: mean((output) => Math.sqrt(meanSquaredError(output))),
    [`${prefix}mean_absolute_error`]: mean(({ actual, predicted }) =>
      exactMean(actual.map((value, row) => Math.abs(value - (predicted[row] as number)))),
    ),
  };
  if (actual.length < 2) return metrics;
  const score = mean(r2Score);
  return { ...metrics, [`${prefix}r2_score`]: score, [`${prefix}score`]: score };
}

interface Output {
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

function pairOutputs(actual: RegressionValues, predicted: RegressionValues): readonly Output[] {
  const left = columnsOf(actual);
  const right = columnsOf(predicted);
  if (left.length !== right.length)
    throw new InvalidInputError(
      messages.lengthMismatch("Rows of true and predicted values", left.length, right.length),
    );
  return left.map((column, index) => ({ actual: column, predicted: right[index] as number[] }));
}

function columnsOf(values: RegressionValues): number[][] {
  const rows = Array.from<number | ArrayLike<number>>(values);
  const first = rows[0];
  const width = typeof first === "object" ? first.length : 1;
  return Array.from({ length: width }, (_, column) =>
    rows.map((row) => (typeof row === "number" ? row : (row[column] ?? Number.NaN))),
  );
}

const squaredErrors = ({ actual, predicted }: Output): number[] =>
  actual.map((value, row) => (value - (predicted[row] as number)) ** 2);

const meanSquaredError = (output: Output): number => exactMean(squaredErrors(output));

/** r² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; for a constant y 1 when all is right, else 0. */
function r2Score(output: Output): number {
  const residual = exactSum(squaredErrors(output));
  const center = exactMean(output.actual);
  const total = exactSum(output.actual.map((value) => (value - center) ** 2));
  if (total !== 0) return 1 - residual / total;
  return residual === 0 ? 1 : 0;
}
