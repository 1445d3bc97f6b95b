import type { RunEntity } from "../../core";
import type { RunTableRow } from "../run-table";
import { durationOf } from "./duration";

/** A run as a row or column of a table, as it stands at `now`. */
export function runRow({ info, data }: RunEntity, now: number): RunTableRow {
  const { runId, runName, status, startTime, lifecycleStage } = info;
  return {
    runId,
    name: runName,
    status,
    isDeleted: lifecycleStage === "deleted",
    estimator: estimatorLabel(data.tags),
    startTime,
    durationMs: durationOf(info, now),
    params: data.params,
    metrics: data.metrics,
  };
}

/** The class by itself where its name says what it is (`RandomForestClassifier`), else with its library (`tfjs.Sequential`). */
function estimatorLabel({
  estimator_class: full,
  estimator_name: name,
}: RunEntity["data"]["tags"]): string | undefined {
  return full?.startsWith("ml-") && name !== undefined ? name : (full ?? name);
}
