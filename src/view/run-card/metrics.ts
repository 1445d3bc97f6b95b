import { formatColumn, isAlignable } from "../format";
import { summarizeHistory } from "../history";
import type { CardMetric } from "./description";

/** A metric with everything that a row says about it. */
export interface MetricRow {
  readonly metric: CardMetric;
  readonly last: number | undefined;
  readonly best: number | undefined;
  readonly bestStep: number | undefined;
  readonly lastText: string;
  readonly bestText: string | undefined;
  /** The last value is the best one so far. */
  readonly isAtBest: boolean;
}

/** Metrics as rows of aligned figures. */
export function metricRows(metrics: readonly CardMetric[]): readonly MetricRow[] {
  const summaries = metrics.map((metric) => {
    const needsPoints = metric.last === undefined || (metric.best === undefined && metric.points.length > 0);
    const worked = needsPoints ? summarizeHistory(metric.key, metric.points, metric.direction) : undefined;
    return {
      last: metric.last ?? worked?.last,
      best: metric.best ?? (metric.isLastOnly ? undefined : worked?.best),
      bestStep: metric.bestStep ?? (metric.isLastOnly ? undefined : worked?.bestStep),
    };
  });
  const all = summaries.flatMap(({ last, best }) => [last, best]);
  const figures = isAlignable(all)
    ? formatColumn(all)
    : summaries.flatMap(({ last, best }) => formatColumn([last, best]));
  return metrics.map((metric, index) => {
    const summary = summaries[index] ?? { last: undefined, best: undefined, bestStep: undefined };
    return {
      metric,
      ...summary,
      lastText: figures[index * 2] ?? "—",
      bestText: figures[index * 2 + 1],
      isAtBest: summary.best !== undefined && summary.last === summary.best,
    };
  });
}

/** Whether any metric has a curve to draw; a single value has none. */
export function hasCurves(metrics: readonly CardMetric[]): boolean {
  return metrics.some(({ points }) => points.length > 1);
}
