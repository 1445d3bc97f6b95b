import type { Experiment } from "../../../core";
import { pairForms } from "./entries";

/** MLflow's Experiment. */
export const experimentForm = (experiment: Experiment): object => ({
  experiment_id: experiment.experimentId,
  name: experiment.name,
  artifact_location: experiment.artifactLocation,
  lifecycle_stage: experiment.lifecycleStage,
  last_update_time: experiment.lastUpdateTime,
  creation_time: experiment.creationTime,
  tags: pairForms(experiment.tags),
  // The only one there is.
  workspace: "default",
});
