import { directionOf, type MetricDirection } from "./metric-direction";

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
  const best = direction === undefined ? undefined : bestPoint(points, direction);
  return { last: points[points.length - 1]?.value, best: best?.value, bestStep: best?.step, direction };
}

// Cards of long histories are drawn four times a second beside the training, so the loops over points are plain ones.
function bestPoint(points: readonly HistoryPoint[], direction: MetricDirection): HistoryPoint | undefined {
  const sign = direction === "min" ? 1 : -1;
  let lowest = Number.POSITIVE_INFINITY;
  let best: HistoryPoint | undefined;
  for (let index = 0; index < points.length; index++) {
    const point = points[index] as HistoryPoint;
    const height = point.value * sign;
    if (height < lowest && height !== Number.NEGATIVE_INFINITY) {
      lowest = height;
      best = point;
    }
  }
  return best;
}

/** The range of a history; undefined when it holds no finite value. */
export interface Extent {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly lowest: number;
  readonly highest: number;
}

/** A value within what can be drawn: the distance between any two such is still a number. */
export function bounded(value: number): number {
  return Math.max(-Number.MAX_VALUE / 4, Math.min(Number.MAX_VALUE / 4, value));
}

/** The smallest box that holds the finite points of all histories given. */
export function extentOf(histories: readonly (readonly HistoryPoint[])[]): Extent | undefined {
  let firstStep = Number.POSITIVE_INFINITY;
  let lastStep = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const points of histories) {
    for (let index = 0; index < points.length; index++) {
      const { step, value } = points[index] as HistoryPoint;
      if (step < firstStep) firstStep = step;
      if (step > lastStep) lastStep = step;
      if (value < lowest && value !== Number.NEGATIVE_INFINITY) lowest = value;
      if (value > highest && value !== Number.POSITIVE_INFINITY) highest = value;
    }
  }
  return lowest > highest ? undefined : { firstStep, lastStep, lowest: bounded(lowest), highest: bounded(highest) };
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
  const columnSpan = (last.step - first.step || 1) / columns;
  const kept: HistoryPoint[] = [];
  for (let begin = 0, column = 1; begin < points.length; column++) {
    const boundary = column >= columns ? Number.POSITIVE_INFINITY : first.step + column * columnSpan;
    begin = keepOfColumn(points, begin, boundary, kept);
  }
  return kept;
}

/** Adds to `kept` what stands for the points from `begin` up to the step `boundary`; returns where the next column begins. */
function keepOfColumn(points: readonly HistoryPoint[], begin: number, boundary: number, kept: HistoryPoint[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let low = -1;
  let high = -1;
  let gap = -1;
  let index = begin;
  for (; index < points.length; index++) {
    const { step, value } = points[index] as HistoryPoint;
    if (step >= boundary) {
      break;
    }
    if (!Number.isFinite(value)) {
      gap = index;
      continue;
    }
    if (value < lowest) {
      lowest = value;
      low = index;
    }
    if (value > highest) {
      highest = value;
      high = index;
    }
  }
  const chosen =
    index === begin ? [] : [begin, low, high, gap, index - 1].filter((at) => at >= 0).sort((x, y) => x - y);
  chosen.forEach((at, order) => {
    if (at !== chosen[order - 1]) {
      kept.push(points[at] as HistoryPoint);
    }
  });
  return index;
}
