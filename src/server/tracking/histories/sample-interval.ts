import { setImmediate as turn } from "node:timers/promises";
import type { Metric } from "../../../core";
import type { AnyTrackingStore, HistoryPlace } from "../../../stores";
import { partsOf } from "./parts";
import { columnsOf } from "./point-columns";
import { sortedPlaces } from "./sorted-places";
import { distinctSteps, joinSteps } from "./step-sets";

/** Which points of histories are wanted. */
export interface Interval {
  /** The first and last step, both or none. */
  readonly start?: number;
  readonly end?: number;
  /** How many steps, about. */
  readonly most: number;
}

/**
 * The points of a metric in several runs at the same steps, evenly chosen among all that there are in an interval, with each run's first and last
 * (mlflow/store/tracking/abstract_store.py, get_metric_history_bulk_interval).
 */
export async function sampleInterval(
  store: AnyTrackingStore,
  runIds: readonly string[],
  key: string,
  { start, end, most }: Interval,
): Promise<readonly (readonly [runId: string, point: Metric])[]> {
  const distinctRuns = [...new Set(runIds)];
  let steps: Float64Array = new Float64Array(0);
  const bounds = new Set<number>();
  for (const runId of distinctRuns) {
    const own = await stepsOf(store, runId, key);
    if (own.length === 0) continue;
    bounds.add(own[0] as number).add(own[own.length - 1] as number);
    steps = await joinSteps(steps, own);
  }
  const from = start ?? 0;
  const to = end ?? steps.at(-1) ?? 0;
  const chosen = new Set(thin(steps.subarray(indexOf(steps, from), indexOf(steps, to, "behind")), most));
  for (const step of bounds) if (from <= step && step <= to) chosen.add(step);
  const sampled: (readonly [string, Metric])[] = [];
  for (const runId of distinctRuns)
    for (const point of await pointsAt(store, runId, key, chosen, Math.max(most, chosen.size)))
      sampled.push([runId, point]);
  return sampled;
}

async function stepsOf(store: AnyTrackingStore, runId: string, key: string): Promise<Float64Array> {
  const collected: number[][] = [];
  if (!store.readHistorySteps) {
    for await (const { points } of partsOf(store, runId, key)) collected.push(points.map(({ step }) => step));
    return distinctSteps(collected);
  }
  for (let after: HistoryPlace | undefined; ; ) {
    const { steps, next }: { readonly steps: readonly number[]; readonly next?: HistoryPlace } =
      await store.readHistorySteps(runId, key, after);
    collected.push([...steps]);
    if (!next) return distinctSteps(collected);
    after = next;
    await turn();
  }
}

/** So many times the points that are wanted are looked at at once. */
const LOOKED_AT = 4;

/** Evenly chosen ones among the points of a run at some steps, for many may share a step. */
async function pointsAt(
  store: AnyTrackingStore,
  runId: string,
  key: string,
  steps: ReadonlySet<number>,
  most: number,
): Promise<readonly Metric[]> {
  const found = await store.readHistoryAt?.(runId, key, [...steps], most * LOOKED_AT);
  if (found)
    return spread(
      [...found].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp),
      most,
    );
  const columns = await columnsOf(runId, key, partsOf(store, runId, key), ({ step }) => steps.has(step));
  const places = await sortedPlaces(columns.length, columns.byStep);
  return spread(places, most).map((place) => columns.at(place));
}

/** Where the first step is that is not before one, or that is behind it. */
function indexOf(steps: Float64Array, step: number, side: "at" | "behind" = "at"): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = steps[middle] as number;
    if (found < step || (side === "behind" && found === step)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function thin(steps: Float64Array, most: number): Iterable<number> {
  if (steps.length <= most) return steps;
  const interval = steps.length / most;
  const chosen = Array.from({ length: most }, (_, index) => steps[Math.floor(index * interval)] as number);
  return [...chosen, steps.at(-1) as number];
}

function spread<T>(items: ArrayLike<T>, most: number): readonly T[] {
  if (items.length <= most) return Array.from(items);
  if (most === 1) return [items[items.length - 1] as T];
  const stride = (items.length - 1) / (most - 1);
  return [...new Set(Array.from({ length: most }, (_, index) => Math.round(index * stride)))].map(
    (index) => items[index] as T,
  );
}
