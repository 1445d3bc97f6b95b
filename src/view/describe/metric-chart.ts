import type { Metric, RunEntity } from "../../core";
import type { MetricChart } from "../metric-chart";
import { historyPoints, stepUnitOf } from "./histories";

/** A run with the history of one metric. */
export interface RunWithHistory {
  readonly run: RunEntity;
  readonly history: readonly Metric[];
}

/** One metric's histories in several runs; those that have none are left out. */
export function describeMetric(
  key: string,
  runs: readonly RunWithHistory[],
  options: Omit<MetricChart, "key" | "series"> = {},
): MetricChart {
  const drawn = runs.filter(({ history }) => history.length > 0);
  return {
    stepUnit: stepUnitOf(drawn.map(({ run }) => run)),
    ...options,
    key,
    series: drawn.map(({ run, history }) => ({
      name: run.info.runName,
      runId: run.info.runId,
      points: historyPoints(history),
    })),
  };
}
