import type { Metric, RunEntity } from "../../core";
import type { HistoryPoint } from "../history";

/** The histories of one run by metric. */
export type MetricHistories = Readonly<Record<string, readonly Metric[]>>;

/** A history in order of step; of several values at one step the one logged last. */
export function historyPoints(metrics: readonly Metric[]): readonly HistoryPoint[] {
  const ordered = [...metrics].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp);
  return ordered.filter((metric, index) => metric.step !== ordered[index + 1]?.step);
}

/** What a step is in these runs, as far as their params tell: who logs `epochs` counts in epochs. */
export function stepUnitOf(runs: readonly RunEntity[]): string | undefined {
  return runs.length > 0 && runs.every(({ data }) => "epochs" in data.params) ? "epoch" : undefined;
}
