import type { Experiment } from "../../core";
import type { ExperimentList } from "../experiment-list";

/** Experiments as a list, in the order given. */
export function describeExperiments(
  experiments: readonly Experiment[],
  options: Omit<ExperimentList, "rows"> = {},
): ExperimentList {
  const rows = experiments.map(({ experimentId, name, lifecycleStage, lastUpdateTime }) => ({
    experimentId,
    name,
    isDeleted: lifecycleStage === "deleted",
    lastUpdateTime,
  }));
  return { ...options, rows };
}
