import type { RunEntity } from "../../core";
import type { RunTableRow } from "../run-table";

/** A run as a row or column of a table. */
export function runRow({ info, data }: RunEntity): RunTableRow {
  const { runId, runName, status, startTime, endTime } = info;
  return {
    runId,
    name: runName,
    status,
    estimator: estimatorLabel(data.tags),
    startTime,
    durationMs: endTime === undefined ? undefined : Math.max(0, endTime - startTime),
    params: data.params,
    metrics: data.metrics,
  };
}

/** The class by itself where its name says what it is (`RandomForestClassifier`), else with its library (`tfjs.Sequential`). */
export function estimatorLabel({
  estimator_class: full,
  estimator_name: name,
}: RunEntity["data"]["tags"]): string | undefined {
  return full?.startsWith("ml-") && name !== undefined ? name : (full ?? name);
}
