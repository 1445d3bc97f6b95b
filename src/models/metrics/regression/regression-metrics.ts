import { InvalidInputError, messages } from "../../../core";
import { exactMean, exactSum } from "../exact-sum";

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
  const outputs = pairOutputs(actual, predicted).map(measure);
  if (actual.length === 0 || outputs.length === 0) return {};
  const mean = (choose: (errors: Errors) => number) => exactMean(outputs.map(choose));
  const metrics = {
    [`${prefix}mean_squared_error`]: mean(({ squared }) => squared),
    [`${prefix}root_mean_squared_error`]: mean(({ squared }) => Math.sqrt(squared)),
    [`${prefix}mean_absolute_error`]: mean(({ absolute }) => absolute),
  };
  if (actual.length < 2) return metrics;
  const score = mean(({ r2 }) => r2);
  return { ...metrics, [`${prefix}r2_score`]: score, [`${prefix}score`]: score };
}

interface Output {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

/** What is said of one output: the mean squared and the mean absolute error, and r². */
interface Errors {
  readonly squared: number;
  readonly absolute: number;
  readonly r2: number;
}

function pairOutputs(actual: RegressionValues, predicted: RegressionValues): readonly Output[] {
  const left = columnsOf(actual);
  const right = columnsOf(predicted);
  if (left.length !== right.length)
    throw new InvalidInputError(
      messages.lengthMismatch("Rows of true and predicted values", left.length, right.length),
    );
  return left.map((column, index) => ({ actual: column, predicted: right[index] as Float64Array }));
}

function columnsOf(values: RegressionValues): readonly Float64Array[] {
  const first = values[0];
  const width = typeof first === "object" ? first.length : 1;
  return Array.from({ length: width }, (_, column) => columnOf(values, column));
}

function columnOf(values: RegressionValues, column: number): Float64Array {
  const cells = new Float64Array(values.length);
  for (let index = 0; index < cells.length; index++) {
    const row = values[index] as number | ArrayLike<number>;
    cells[index] = typeof row === "number" ? row : (row[column] ?? Number.NaN);
  }
  return cells;
}

/** r² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; for a constant y 1 when all is right, else 0. */
function measure({ actual, predicted }: Output): Errors {
  const { length } = actual;
  const squares = new Float64Array(length);
  const distances = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const error = (actual[index] as number) - (predicted[index] as number);
    squares[index] = error * error;
    distances[index] = error < 0 ? -error : error;
  }
  const residual = exactSum(squares);
  const absolute = exactMean(distances);
  const center = exactMean(actual);
  for (let index = 0; index < length; index++) {
    const distance = (actual[index] as number) - center;
    distances[index] = distance * distance;
  }
  const total = exactSum(distances);
  const constant = residual === 0 ? 1 : 0;
  return { squared: residual / length, absolute, r2: total === 0 ? constant : 1 - residual / total };
}
