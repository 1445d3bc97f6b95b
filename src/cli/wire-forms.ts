import type { DatasetInput, Experiment, FileInfo, RunEntity } from "../core";

/** An experiment in the form of `mlflow experiments get --output json`. */
export const experimentJson = (experiment: Experiment) => ({
  artifact_location: experiment.artifactLocation,
  creation_time: experiment.creationTime ?? null,
  experiment_id: experiment.experimentId,
  last_update_time: experiment.lastUpdateTime ?? null,
  lifecycle_stage: experiment.lifecycleStage,
  name: experiment.name,
  tags: experiment.tags,
});

/** A run in the form of `mlflow runs describe`. Numbers that JSON lacks are the strings of MLflow's REST API: "NaN", "Infinity". */
export const runJson = ({ info, data, inputs, outputs }: RunEntity) => ({
  info: {
    artifact_uri: info.artifactUri,
    end_time: info.endTime ?? null,
    experiment_id: info.experimentId,
    lifecycle_stage: info.lifecycleStage,
    run_id: info.runId,
    run_name: info.runName,
    start_time: info.startTime,
    status: info.status,
    user_id: info.userId,
  },
  data: {
    metrics: Object.fromEntries(Object.entries(data.metrics).map(([key, value]) => [key, jsonNumber(value)])),
    params: data.params,
    tags: data.tags,
  },
  inputs: {
    model_inputs: inputs.modelInputs.map(({ modelId }) => ({ model_id: modelId })),
    dataset_inputs: inputs.datasetInputs.map(datasetInputJson),
  },
  outputs: { model_outputs: outputs.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
});

const datasetInputJson = ({ dataset, tags }: DatasetInput) => ({
  dataset: {
    name: dataset.name,
    digest: dataset.digest,
    source_type: dataset.sourceType,
    source: dataset.source,
    schema: dataset.schema ?? null,
    profile: dataset.profile ?? null,
  },
  tags,
});

const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** A file in the form of `mlflow artifacts list`. */
export const fileJson = ({ path, isDir, fileSize }: FileInfo) => ({
  path,
  is_dir: isDir,
  ...(fileSize !== undefined && { file_size: fileSize }),
});
