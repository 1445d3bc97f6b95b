import { LIMITS, type Metric } from "../../core";
import type { AnyTrackingStore, MetricSeries } from "../../stores";

/** The points of a metric that a run has; with a model those that have reached the model too. */
export async function knownMetrics(
  store: AnyTrackingStore,
  key: string,
  runId: string,
  modelId: string | undefined,
): Promise<readonly Metric[]> {
  const { items } = await store.getMetricHistory(runId, key);
  if (modelId === undefined) return items;
  // A point of the run's may be logged once more for each model that it measures.
  const reached = (await store.getLoggedModel(modelId)).metrics.filter((metric) => metric.key === key);
  // Of folders a model has only its latest, which came after the others.
  return [...reached, ...items.filter((item) => reached.some((metric) => !isLater(item, metric)))];
}

const isLater = (one: Metric, other: Metric): boolean =>
  one.step === other.step ? one.timestamp > other.timestamp : one.step > other.step;

/** The same points in pieces of as many as one request takes. */
export function* slices(series: readonly MetricSeries[]): Generator<MetricSeries[]> {
  let piece: MetricSeries[] = [];
  let room: number = LIMITS.metricsPerBatch;
  for (const one of series)
    for (let from = 0; from < one.values.length; ) {
      const to = Math.min(one.values.length, from + room);
      piece.push({
        ...one,
        values: one.values.slice(from, to),
        timestamps: one.timestamps.slice(from, to),
        steps: one.steps.slice(from, to),
      });
      room -= to - from;
      from = to;
      if (room > 0) continue;
      yield piece;
      piece = [];
      room = LIMITS.metricsPerBatch;
    }
  if (piece.length > 0) yield piece;
}

/** A point as one text. */
export const point = (value: number, timestamp: number, step: number): string => `${value} ${timestamp} ${step}`;

/** The same of a series. */
export const pointAt = ({ values, timestamps, steps }: MetricSeries, index: number): string =>
  point(values[index] as number, timestamps[index] as number, steps[index] as number);
