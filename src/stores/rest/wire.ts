import {
  type Dataset,
  type Experiment,
  type LifecycleStage,
  type LoggedModel,
  loggedModelStatusOf,
  type Metric,
  type ModelVersion,
  type ModelVersionStage,
  type ModelVersionStatus,
  type RegisteredModel,
  type RunEntity,
  type RunStatus,
  TAGS,
} from "../../core";

/** MLflow's entities as its server writes them in JSON: what is unset is left out. */
export interface WirePair {
  readonly key: string;
  readonly value?: string;
}

export interface WireExperiment {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location?: string;
  readonly lifecycle_stage?: LifecycleStage;
  readonly creation_time?: number | string;
  readonly last_update_time?: number | string;
  readonly tags?: readonly WirePair[];
}

export interface WireMetric {
  readonly key: string;
  /** NaN and the infinities are texts. */
  readonly value?: number | string;
  readonly timestamp?: number | string;
  readonly step?: number | string;
  readonly run_id?: string;
  readonly model_id?: string;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}

export interface WireDataset {
  readonly name: string;
  readonly digest: string;
  readonly source_type?: string;
  readonly source?: string;
  readonly schema?: string;
  readonly profile?: string;
}

export interface WireRun {
  readonly info: {
    readonly run_id?: string;
    readonly run_uuid?: string;
    readonly run_name?: string;
    readonly experiment_id: string;
    readonly user_id?: string;
    readonly status?: RunStatus;
    readonly start_time?: number | string;
    readonly end_time?: number | string;
    readonly artifact_uri?: string;
    readonly lifecycle_stage?: LifecycleStage;
  };
  readonly data?: {
    readonly metrics?: readonly WireMetric[];
    readonly params?: readonly WirePair[];
    readonly tags?: readonly WirePair[];
  };
  readonly inputs?: {
    readonly dataset_inputs?: readonly { readonly dataset: WireDataset; readonly tags?: readonly WirePair[] }[];
    readonly model_inputs?: readonly { readonly model_id: string }[];
  };
  readonly outputs?: {
    readonly model_outputs?: readonly { readonly model_id: string; readonly step?: number | string }[];
  };
}

export interface WireLoggedModel {
  readonly info: {
    readonly model_id: string;
    readonly experiment_id: string;
    readonly name?: string;
    readonly creation_timestamp_ms?: number | string;
    readonly last_updated_timestamp_ms?: number | string;
    readonly artifact_uri?: string;
    readonly status?: string;
    readonly model_type?: string;
    readonly source_run_id?: string;
    readonly status_message?: string;
    readonly tags?: readonly WirePair[];
  };
  readonly data?: { readonly params?: readonly WirePair[]; readonly metrics?: readonly WireMetric[] };
}

export interface WireModelVersion {
  readonly name: string;
  readonly version: string | number;
  readonly creation_timestamp?: number | string;
  readonly last_updated_timestamp?: number | string;
  readonly user_id?: string;
  readonly current_stage?: ModelVersionStage;
  readonly description?: string;
  readonly source?: string;
  readonly run_id?: string;
  readonly run_link?: string;
  readonly status?: ModelVersionStatus;
  readonly status_message?: string;
  readonly tags?: readonly WirePair[];
  readonly aliases?: readonly string[];
  readonly model_id?: string;
  readonly model_params?: readonly { readonly name: string; readonly value?: string }[];
  readonly model_metrics?: readonly WireMetric[];
}

export interface WireRegisteredModel {
  readonly name: string;
  readonly creation_timestamp?: number | string;
  readonly last_updated_timestamp?: number | string;
  readonly description?: string;
  readonly latest_versions?: readonly WireModelVersion[];
  readonly tags?: readonly WirePair[];
  readonly aliases?: readonly { readonly alias: string; readonly version: string | number }[];
}

const record = (pairs: readonly WirePair[] = []): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value = "" }) => [key, value]));

const optional = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };

const time = (value: number | string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** What an empty text stands for in the answers of MLflow's server. */
const text = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

export const toExperiment = (wire: WireExperiment): Experiment => ({
  experimentId: wire.experiment_id,
  name: wire.name,
  artifactLocation: (wire.artifact_location ?? "").replace(/(?<=.)\/+$/, ""),
  lifecycleStage: wire.lifecycle_stage ?? "active",
  ...optional("creationTime", time(wire.creation_time)),
  ...optional("lastUpdateTime", time(wire.last_update_time)),
  tags: record(wire.tags),
});

export const toMetric = (wire: WireMetric): Metric => ({
  key: wire.key,
  value: Number(wire.value ?? 0),
  timestamp: Number(wire.timestamp ?? 0),
  step: Number(wire.step ?? 0),
  ...optional("runId", text(wire.run_id)),
  ...optional("modelId", text(wire.model_id)),
  ...optional("datasetName", text(wire.dataset_name)),
  ...optional("datasetDigest", text(wire.dataset_digest)),
});

const toDataset = (wire: WireDataset): Dataset => ({
  name: wire.name,
  digest: wire.digest,
  sourceType: wire.source_type ?? "",
  source: wire.source ?? "",
  ...optional("schema", text(wire.schema)),
  ...optional("profile", text(wire.profile)),
});

export function toRun({ info, data = {}, inputs = {}, outputs = {} }: WireRun): RunEntity {
  const latest = (data.metrics ?? []).map(toMetric);
  const tags = record(data.tags);
  return {
    info: {
      runId: info.run_id ?? info.run_uuid ?? "",
      runName: info.run_name ?? tags[TAGS.runName] ?? "",
      experimentId: info.experiment_id,
      userId: info.user_id ?? tags[TAGS.user] ?? "",
      status: info.status ?? "RUNNING",
      startTime: Number(info.start_time ?? 0),
      ...optional("endTime", time(info.end_time)),
      artifactUri: info.artifact_uri ?? "",
      lifecycleStage: info.lifecycle_stage ?? "active",
    },
    data: {
      params: record(data.params),
      metrics: Object.fromEntries(latest.map(({ key, value }) => [key, value])),
      tags,
      latestMetrics: latest,
    },
    inputs: {
      datasetInputs: (inputs.dataset_inputs ?? []).map(({ dataset, tags: own }) => ({
        dataset: toDataset(dataset),
        tags: record(own),
      })),
      modelInputs: (inputs.model_inputs ?? []).map(({ model_id: modelId }) => ({ modelId })),
    },
    outputs: {
      modelOutputs: (outputs.model_outputs ?? []).map(({ model_id: modelId, step = 0 }) => ({
        modelId,
        step: Number(step),
      })),
    },
  };
}

export const toLoggedModel = ({ info, data = {} }: WireLoggedModel): LoggedModel => ({
  modelId: info.model_id,
  experimentId: info.experiment_id,
  name: info.name ?? "",
  artifactLocation: info.artifact_uri ?? "",
  creationTimestamp: Number(info.creation_timestamp_ms ?? 0),
  lastUpdatedTimestamp: Number(info.last_updated_timestamp_ms ?? 0),
  ...optional("modelType", text(info.model_type)),
  ...optional("sourceRunId", text(info.source_run_id)),
  status: loggedModelStatusOf(info.status),
  ...optional("statusMessage", text(info.status_message)),
  lifecycleStage: "active",
  params: record(data.params),
  tags: record(info.tags),
  metrics: (data.metrics ?? []).map(toMetric),
});

export const toModelVersion = (wire: WireModelVersion): ModelVersion => ({
  name: wire.name,
  version: Number(wire.version),
  creationTimestamp: Number(wire.creation_timestamp ?? 0),
  lastUpdatedTimestamp: Number(wire.last_updated_timestamp ?? 0),
  ...optional("userId", text(wire.user_id)),
  currentStage: wire.current_stage ?? "None",
  ...optional("description", text(wire.description)),
  source: wire.source ?? "",
  ...optional("runId", text(wire.run_id)),
  ...optional("runLink", text(wire.run_link)),
  status: wire.status ?? "READY",
  ...optional("statusMessage", text(wire.status_message)),
  tags: record(wire.tags),
  aliases: wire.aliases ?? [],
  ...optional("modelId", text(wire.model_id)),
  ...optional("params", wire.model_params && record(wire.model_params.map(({ name: key, value }) => ({ key, value })))),
  ...optional("metrics", wire.model_metrics?.map(toMetric)),
});

export const toRegisteredModel = (wire: WireRegisteredModel): RegisteredModel => ({
  name: wire.name,
  creationTimestamp: Number(wire.creation_timestamp ?? 0),
  lastUpdatedTimestamp: Number(wire.last_updated_timestamp ?? 0),
  ...optional("description", text(wire.description)),
  tags: record(wire.tags),
  aliases: Object.fromEntries((wire.aliases ?? []).map(({ alias, version }) => [alias, Number(version)])),
  latestVersions: (wire.latest_versions ?? []).map(toModelVersion),
});
