import { setImmediate as turn } from "node:timers/promises";
import type { Metric } from "../../../core";
import type { AnyTrackingStore, HistoryExtent, HistoryPart, HistoryPlace } from "../../../stores";

/** Stores that this process reads itself; a server chooses by itself, and meanwhile others are answered. */
const LOCAL: ReadonlySet<string> = new Set(["file", "sqlite"]);

/** Every so many-th point of a history, and those of the least and the greatest value. */
export async function sampledHistory(
  store: AnyTrackingStore,
  runId: string,
  key: string,
  about: number,
): Promise<readonly Metric[]> {
  if (!LOCAL.has(store.kind) || !store.readHistory || !store.measureHistory)
    return (await store.getMetricHistory(runId, key, { about })).items;
  const begun = await store.readHistory(runId, key);
  if (!begun.next && begun.points.length <= about) return [...begun.points].sort(byTime);
  let count = 0;
  let least: Found | undefined;
  let greatest: Found | undefined;
  for (let after: HistoryPlace | undefined; ; ) {
    const extent: HistoryExtent = await store.measureHistory(runId, key, after);
    count += extent.count;
    if (extent.least !== undefined && !(least && least.value <= extent.least)) least = { value: extent.least, after };
    if (extent.greatest !== undefined && !(greatest && greatest.value >= extent.greatest))
      greatest = { value: extent.greatest, after };
    after = extent.next;
    if (!after) break;
    await turn();
  }
  const every = Math.ceil(count / about);
  if (every <= 1) return (await store.getMetricHistory(runId, key)).items;
  const points: Metric[] = [];
  let first = count % every || every;
  for (let after: HistoryPlace | undefined; ; first = every) {
    const part: HistoryPart = await store.readHistory(runId, key, { after, every, first });
    points.push(...part.points);
    after = part.next;
    if (!after) break;
    await turn();
  }
  for (const found of [least, greatest]) {
    if (!found) continue;
    const part = await store.readHistory(runId, key, { after: found.after });
    const point = part.points.find(({ value }) => value === found.value);
    if (point && !points.some((other) => isSame(point, other))) points.push(point);
  }
  return points.sort(byTime);
}

interface Found {
  readonly value: number;
  /** The part that it is in. */
  readonly after: HistoryPlace | undefined;
}

const byTime = (a: Metric, b: Metric): number => a.timestamp - b.timestamp || a.step - b.step;

const isSame = (a: Metric, b: Metric): boolean =>
  a.step === b.step && a.timestamp === b.timestamp && Object.is(a.value, b.value);
