import type { RunEntity } from "../../core";
import type { RunComparison } from "../run-comparison";
import { historyPoints, type MetricHistories, stepUnitOf } from "./histories";
import { runRow } from "./run-row";

/** A run with those of its histories that shall be compared. */
export interface RunWithHistories {
  readonly run: RunEntity;
  readonly histories?: MetricHistories;
}

/** Runs side by side, as they stand at `now`. */
export function describeComparison(
  runs: readonly RunWithHistories[],
  { now, ...options }: Omit<RunComparison, "runs"> & { readonly now: number },
): RunComparison {
  return {
    stepUnit: stepUnitOf(runs.map(({ run }) => run)),
    ...options,
    runs: runs.map(({ run, histories = {} }) => ({
      ...runRow(run, now),
      histories: Object.fromEntries(Object.entries(histories).map(([key, metrics]) => [key, historyPoints(metrics)])),
    })),
  };
}
