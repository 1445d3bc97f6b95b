import type { DatasetInput, Metric, RunEntity, RunInfo } from "../../../core";
import { listForm, numberForm, pairForms } from "./entries";

/** MLflow's RunInfo. */
export const runInfoForm = (info: RunInfo): object => ({
  run_uuid: info.runId,
  experiment_id: info.experimentId,
  run_name: info.runName,
  user_id: info.userId,
  status: info.status,
  start_time: info.startTime,
  end_time: info.endTime,
  artifact_uri: info.artifactUri,
  lifecycle_stage: info.lifecycleStage,
  run_id: info.runId,
});

/** MLflow's Run. */
export const runForm = ({ info, data, inputs, outputs }: RunEntity): object => ({
  info: runInfoForm(info),
  data: {
    metrics: listForm(data.latestMetrics.map(latestMetricForm)),
    params: pairForms(data.params),
    tags: pairForms(data.tags),
  },
  inputs: {
    dataset_inputs: listForm(inputs.datasetInputs.map(datasetInputForm)),
    model_inputs: listForm(inputs.modelInputs.map(({ modelId }) => ({ model_id: modelId }))),
  },
  outputs: { model_outputs: listForm(outputs.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step }))) },
});

const latestMetricForm = ({ key, value, timestamp, step }: Metric): object => ({
  key,
  value: numberForm(value),
  timestamp,
  step,
});

/** MLflow's Metric, with what it was measured on. */
export const metricForm = (metric: Metric): object => ({
  ...latestMetricForm(metric),
  dataset_name: metric.datasetName,
  dataset_digest: metric.datasetDigest,
  model_id: metric.modelId,
  run_id: metric.runId,
});

const datasetInputForm = ({ dataset, tags }: DatasetInput): object => ({
  tags: pairForms(tags),
  dataset: {
    name: dataset.name,
    digest: dataset.digest,
    source_type: dataset.sourceType,
    source: dataset.source,
    schema: dataset.schema,
    profile: dataset.profile,
  },
});
