import { directionOf, isBetter, type MetricDirection } from "./metric-direction";

/** One point of a metric's history. */
export interface HistoryPoint {
  readonly step: number;
  readonly value: number;
}

/** What is said about a metric beside its curve. */
export interface HistorySummary {
  readonly last: number | undefined;
  readonly best: number | undefined;
  readonly bestStep: number | undefined;
  readonly direction: MetricDirection | undefined;
}

/** Last and best value of a history in order of step. The direction is told by the key unless given. */
export function summarizeHistory(
  key: string,
  points: readonly HistoryPoint[],
  direction: MetricDirection | undefined = directionOf(key),
): HistorySummary {
  let best: HistoryPoint | undefined;
  if (direction !== undefined) {
    for (const point of points) {
      if (isBetter(point.value, best?.value, direction)) {
        best = point;
      }
    }
  }
  return { last: points[points.length - 1]?.value, best: best?.value, bestStep: best?.step, direction };
}

/** The range of a history; undefined when it holds no finite value. */
export interface Extent {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The smallest box that holds the finite points of all histories given. */
export function extentOf(histories: readonly (readonly HistoryPoint[])[]): Extent | undefined {
  let firstStep = Number.POSITIVE_INFINITY;
  let lastStep = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const points of histories) {
    for (const { step, value } of points) {
      if (step < firstStep) firstStep = step;
      if (step > lastStep) lastStep = step;
      if (value < lowest && value !== Number.NEGATIVE_INFINITY) lowest = value;
      if (value > highest && value !== Number.POSITIVE_INFINITY) highest = value;
    }
  }
  return lowest > highest ? undefined : { firstStep, lastStep, lowest, highest };
}

/**
 * Fewer points that draw the same curve: of each of `columns` equal spans of steps the first, lowest, highest and last point (the
 * M4 aggregation of Jugel et al., VLDB 2014), so no spike is lost. NaN and infinities are kept one per span, as gaps. One pass, for
 * points in order of step; a history with fewer points than columns is returned as it is.
 */
export function downsample(points: readonly HistoryPoint[], columns: number): readonly HistoryPoint[] {
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || points.length <= columns * 2) {
    return points;
  }
  const span = last.step - first.step || 1;
  const kept: HistoryPoint[] = [];
  let column = -1;
  let begin = 0;
  let low = 0;
  let high = 0;
  let gap = -1;
  const close = (end: number): void => {
    const chosen = [begin, low, high, gap, end].filter((index) => index >= begin).sort((a, b) => a - b);
    for (const [order, index] of chosen.entries()) {
      const point = points[index];
      if (point !== undefined && index !== chosen[order - 1]) {
        kept.push(point);
      }
    }
  };
  for (let index = 0; index < points.length; index++) {
    const { step, value } = points[index] as HistoryPoint;
    const at = Math.min(columns - 1, Math.floor(((step - first.step) / span) * columns));
    if (at !== column) {
      if (column >= 0) {
        close(index - 1);
      }
      column = at;
      begin = index;
      low = high = index;
      gap = -1;
    }
    if (!Number.isFinite(value)) {
      gap = index;
    } else {
      const lowest = (points[low] as HistoryPoint).value;
      const highest = (points[high] as HistoryPoint).value;
      if (!Number.isFinite(lowest) || value < lowest) low = index;
      if (!Number.isFinite(highest) || value > highest) high = index;
    }
  }
  close(points.length - 1);
  return kept;
}
