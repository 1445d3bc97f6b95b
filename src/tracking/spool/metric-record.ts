import type { MetricSeries } from "../../stores";
import type { JournalRecord, Operation } from "./operations";

type MetricOperation = Extract<Operation, { op: "metric" }>;

/** A series as it lies in a journal: its numbers as doubles behind the operation. */
export function toMetricRecord(run: string, { values, timestamps, steps, ...series }: MetricSeries): JournalRecord {
  const count = values.length;
  const numbers = new Float64Array(3 * count);
  numbers.set(values, 0);
  numbers.set(timestamps, count);
  numbers.set(steps, 2 * count);
  return { operation: { op: "metric", run, count, ...series }, payload: Buffer.from(numbers.buffer) };
}

/** The series of a record that {@link toMetricRecord} has made. */
export function toSeries(operation: MetricOperation, payload: Buffer): MetricSeries {
  const { key, count, modelId, datasetName, datasetDigest } = operation;
  const numbers = new Float64Array(payload.buffer.slice(payload.byteOffset, payload.byteOffset + count * 24));
  const part = (index: number) => [...numbers.subarray(index * count, (index + 1) * count)];
  return { key, values: part(0), timestamps: part(1), steps: part(2), modelId, datasetName, datasetDigest };
}
