import { formatColumn, formatPlural, isAlignable } from "../format";
import { summarizeHistory } from "../history";
import { bestPositions, directionOf } from "../metric-direction";
import type { MetricChart } from "./description";

/** What a chart's legend says about one run. */
export interface SeriesSummary {
  readonly name: string;
  readonly last: number | undefined;
  readonly best: number | undefined;
  readonly lastText: string;
  readonly bestText: string | undefined;
  readonly bestStep: number | undefined;
  /** The best of all runs. */
  readonly isBest: boolean;
}

/** The legend of a chart, one entry per run. */
export function seriesSummaries({ key, series }: MetricChart): readonly SeriesSummary[] {
  const summaries = series.map(({ points }) => summarizeHistory(key, points));
  const winners = bestPositions(
    summaries.map(({ best }) => best),
    directionOf(key),
  );
  const all = summaries.flatMap(({ last, best }) => [last, best]);
  const texts = isAlignable(all)
    ? formatColumn(all)
    : summaries.flatMap(({ last, best }) => formatColumn([last, best]));
  return summaries.map(({ last, best, bestStep }, index) => ({
    name: series[index]?.name ?? "",
    last,
    best,
    bestStep,
    lastText: texts[index * 2] ?? "—",
    bestText: texts[index * 2 + 1],
    isBest: winners.has(index),
  }));
}

/** The chart in a sentence, for those who do not see it. */
export function chartDescription(chart: MetricChart, summaries: readonly SeriesSummary[]): string {
  const said = summaries.slice(0, 8).map(({ name, lastText, bestText, bestStep }) => {
    const best = bestText === undefined ? "" : `, best ${bestText} at ${chart.stepUnit ?? "step"} ${bestStep}`;
    return `${name}: last ${lastText}${best}`;
  });
  return `${chart.key} of ${formatPlural(chart.series.length, "run")}. ${said.join("; ")}.`;
}

/** What the axes are, in words. */
export function axisWords({ stepUnit = "step", logScale, smoothing = 0 }: MetricChart): string {
  return [`by ${stepUnit}`, logScale === true && "log scale", smoothing > 0 && `smoothed ${smoothing}`]
    .filter(Boolean)
    .join(", ");
}
