import { basename } from "node:path";
import type { Metric } from "../../../core";
import type { HistoryExtent, HistoryPart, HistoryPlace, PartOptions } from "../../history-parts";
import { keyPath, METRICS_FOLDER } from "../layout";
import { readPart, visitRunLine } from "../metrics";
import { toMetric } from "./run-data";
import type { LocatedRun } from "./run-locator";

/** Where a line begins, and how many of those before it count for the next point. */
const BEGINNING: HistoryPlace = [0, 0];

/** A part of a metric's history, in the order in which it was written. */
export function readHistory(
  { folder }: LocatedRun,
  key: string,
  { after = BEGINNING, every = 1, first = every }: PartOptions = {},
): HistoryPart {
  const [start, counted] = after as readonly [number, number];
  const runId = basename(folder);
  const points: Metric[] = [];
  let count = counted + every - first;
  const next = readPart(keyPath(folder, METRICS_FOLDER, key), start, (line) => {
    count++;
    if (count < every) return true;
    count = 0;
    return visitRunLine(line, (timestamp, value, step, rest) => {
      points.push(toMetric(key, runId, timestamp, value, step, rest));
    });
  });
  return { points, ...(next !== undefined && { next: [next, count] }) };
}

/** What the points of a part come to. */
export function measureHistory({ folder }: LocatedRun, key: string, after = BEGINNING): HistoryExtent {
  let [count, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const next = readPart(keyPath(folder, METRICS_FOLDER, key), after[0] as number, (line) =>
    visitRunLine(line, (_timestamp, value) => {
      count++;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }),
  );
  return { count, ...(least <= greatest && { least, greatest }), ...(next !== undefined && { next: [next, 0] }) };
}
