import type { RunEntity } from "../../core";
import type { RunTableRow } from "../run-table";

/** A run as a row or column of a table. */
export function runRow({ info, data }: RunEntity): RunTableRow {
  const { runId, runName, status, startTime, endTime } = info;
  return {
    runId,
    name: runName,
    status,
    estimator: data.tags.estimator_class ?? data.tags.estimator_name,
    startTime,
    durationMs: endTime === undefined ? undefined : Math.max(0, endTime - startTime),
    params: data.params,
    metrics: data.metrics,
  };
}
