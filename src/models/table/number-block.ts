import type { SampleLimits, TensorSample } from "./table-sample";

/**
 * The usual data, numbers or rows of equally many numbers in plain arrays, as one tensor; `undefined` for anything else. It does what the
 * general way does (capture-array.ts), in one loop without calls, because it stands in the caller's path and is cold there: a
 * process trains once or twice, and code that runs so seldom is interpreted.
 */
export function captureNumbers(array: readonly unknown[], limits: SampleLimits): TensorSample | undefined {
  const total = array.length;
  const [first] = array;
  const width = Array.isArray(first) ? first.length : 1;
  const count = Math.min(total, Math.max(1, Math.floor(limits.maxRows)));
  if (width === 0 || count * width > limits.maxValues) return undefined;
  const values = new Float64Array(count * width);
  return (Array.isArray(first) ? copyRows(array, width, values) : copySingles(array, values))
    ? { dtype: "float64", shape: Array.isArray(first) ? [total, width] : [total], values }
    : undefined;
}

/** The rows are spread evenly, as `spreadIndexes` spreads them. */
function copyRows(array: readonly unknown[], width: number, values: Float64Array): boolean {
  const count = values.length / width;
  const total = array.length;
  let at = 0;
  for (let index = 0; index < count; index++) {
    const row = array[count === total ? index : Math.floor((index * total) / count)];
    if (!Array.isArray(row) || row.length !== width) return false;
    for (let column = 0; column < width; column++) {
      const value: unknown = row[column];
      if (typeof value !== "number") return false;
      values[at++] = value;
    }
  }
  return true;
}

function copySingles(array: readonly unknown[], values: Float64Array): boolean {
  const count = values.length;
  const total = array.length;
  for (let index = 0; index < count; index++) {
    const value = array[count === total ? index : Math.floor((index * total) / count)];
    if (typeof value !== "number") return false;
    values[index] = value;
  }
  return true;
}
