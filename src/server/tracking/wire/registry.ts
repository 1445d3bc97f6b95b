import type { Metric, ModelVersion, RegisteredModel } from "../../../core";
import { listForm, numberForm, pairForms } from "./entries";

/** MLflow's RegisteredModel. */
export const registeredModelForm = (model: RegisteredModel): object => ({
  name: model.name,
  creation_timestamp: model.creationTimestamp,
  last_updated_timestamp: model.lastUpdatedTimestamp,
  description: model.description,
  latest_versions: listForm(model.latestVersions.map(modelVersionForm)),
  tags: pairForms(model.tags),
  aliases: listForm(Object.entries(model.aliases).map(([alias, version]) => ({ alias, version: String(version) }))),
});

/** MLflow's ModelVersion. */
export const modelVersionForm = (version: ModelVersion): object => ({
  name: version.name,
  version: String(version.version),
  creation_timestamp: version.creationTimestamp,
  last_updated_timestamp: version.lastUpdatedTimestamp,
  user_id: version.userId,
  current_stage: version.currentStage,
  description: version.description ?? "",
  source: version.source,
  run_id: version.runId ?? "",
  status: version.status,
  status_message: version.statusMessage,
  tags: pairForms(version.tags),
  run_link: version.runLink || undefined,
  aliases: listForm(version.aliases),
  model_id: version.modelId,
  model_params: listForm(Object.entries(version.params ?? {}).map(([name, value]) => ({ name, value }))),
  model_metrics: listForm((version.metrics ?? []).map(modelMetricForm)),
});

const modelMetricForm = (metric: Metric): object => ({
  key: metric.key,
  value: numberForm(metric.value),
  timestamp: metric.timestamp,
  step: metric.step,
  dataset_name: metric.datasetName,
  dataset_digest: metric.datasetDigest,
  model_id: metric.modelId,
  run_id: metric.runId,
});
