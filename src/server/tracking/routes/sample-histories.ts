import type { Metric } from "../../../core";

/** Which points of histories are wanted. */
export interface Interval {
  /** The first and last step, both or none. */
  readonly start?: number;
  readonly end?: number;
  /** How many steps, about. */
  readonly most: number;
}

/**
 * The points of several runs at the same steps, evenly chosen among all that there are in an interval, with each run's first and last
 * (mlflow/store/tracking/abstract_store.py, get_metric_history_bulk_interval).
 */
export function sampleHistories(
  histories: ReadonlyMap<string, readonly Metric[]>,
  { start, end, most }: Interval,
): readonly (readonly [runId: string, point: Metric])[] {
  const steps = [...new Set([...histories.values()].flatMap((points) => points.map(({ step }) => step)))].sort(
    (a, b) => a - b,
  );
  const from = start ?? 0;
  const to = end ?? steps.at(-1) ?? 0;
  const isWithin = (step: number): boolean => from <= step && step <= to;
  const chosen = new Set(thin(steps.filter(isWithin), most));
  for (const points of histories.values()) for (const step of boundsOf(points)) if (isWithin(step)) chosen.add(step);
  return [...histories].flatMap(([runId, points]) => {
    const kept = points.filter(({ step }) => chosen.has(step));
    kept.sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
    // Many points may share a step.
    return spread(kept, Math.max(most, chosen.size)).map((point) => [runId, point] as const);
  });
}

function thin(steps: readonly number[], most: number): readonly number[] {
  if (steps.length <= most) return steps;
  const interval = steps.length / most;
  const chosen = Array.from({ length: most }, (_, index) => steps[Math.floor(index * interval)] as number);
  return [...chosen, steps.at(-1) as number];
}

function boundsOf(points: readonly Metric[]): readonly number[] {
  if (points.length === 0) return [];
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { step } of points) {
    if (step < least) least = step;
    if (step > greatest) greatest = step;
  }
  return [least, greatest];
}

function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  if (most === 1) return items.slice(-1);
  const stride = (items.length - 1) / (most - 1);
  return [...new Set(Array.from({ length: most }, (_, index) => Math.round(index * stride)))].map(
    (index) => items[index] as T,
  );
}
