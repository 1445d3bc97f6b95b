/** MLflow's entities, in camelCase. Times are epoch milliseconds; `undefined` stands for what MLflow leaves unset. */

export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";
/** A status with which a run ends. */
export type TerminalStatus = "FINISHED" | "FAILED" | "KILLED";
/** Whether an experiment or run has been deleted; a deleted one can be restored until it is removed for good. */
export type LifecycleStage = "active" | "deleted";
/** Which experiments or runs a search finds: the active ones, the deleted ones, or all. */
export type ViewType = "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";

/** An experiment as it is stored: a named collection of runs. Times are epoch milliseconds. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  /** Absolute path or URI under which the experiment's runs keep their artifacts, without a trailing slash. */
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly creationTime?: number;
  readonly lastUpdateTime?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** One point of a metric's history. */
export interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly runId?: string;
  readonly modelId?: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A hyperparameter: its name, and its value as text. */
export interface Param {
  readonly key: string;
  readonly value: string;
}

/** A tag: its name, and its value as text. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What a run is: its name, experiment, user, status, times (epoch milliseconds) and place of artifacts. */
export interface RunInfo {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime?: number;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

/** What was logged to a run: params, tags, and the latest value of each metric. */
export interface RunData {
  readonly params: Readonly<Record<string, string>>;
  /** The latest value of each metric: greatest by (step, timestamp, value). */
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The same latest points, whole. */
  readonly latestMetrics: readonly Metric[];
}

/** A data set as MLflow describes it: never the data, only what identifies it. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  /** JSON text. */
  readonly schema?: string;
  /** JSON text. */
  readonly profile?: string;
}

/** A data set that a run used, with the tags of that use, such as its context. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: Readonly<Record<string, string>>;
}

/** A logged model that a run used. */
export interface ModelInput {
  readonly modelId: string;
}

/** A logged model that a run made, and at which step. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

/** The data sets and models that a run used. */
export interface RunInputs {
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
}

/** The models that a run made. */
export interface RunOutputs {
  readonly modelOutputs: readonly ModelOutput[];
}

export interface RunEntity {
  readonly info: RunInfo;
  readonly data: RunData;
  readonly inputs: RunInputs;
  readonly outputs: RunOutputs;
}

/** How far a logged model is: READY when its files are complete. */
export type LoggedModelStatus = "UNSPECIFIED" | "PENDING" | "READY" | "FAILED";

/** MLflow's names of a logged model's status on the wire, in the order of the numbers that its stores keep. */
export const LOGGED_MODEL_STATUSES: Readonly<Record<LoggedModelStatus, string>> = {
  UNSPECIFIED: "LOGGED_MODEL_STATUS_UNSPECIFIED",
  PENDING: "LOGGED_MODEL_PENDING",
  READY: "LOGGED_MODEL_READY",
  FAILED: "LOGGED_MODEL_UPLOAD_FAILED",
};

/** The status behind a name on the wire. */
export const loggedModelStatusOf = (name: string | undefined): LoggedModelStatus =>
  (Object.keys(LOGGED_MODEL_STATUSES) as LoggedModelStatus[]).find(
    (status) => LOGGED_MODEL_STATUSES[status] === name,
  ) ?? "UNSPECIFIED";

/** A logged model as it is stored: its place, status, params, tags and metrics. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly status: LoggedModelStatus;
  readonly statusMessage?: string;
  readonly lifecycleStage: LifecycleStage;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
}

/** A model's name in a registry, under which its versions are kept. */
export interface RegisteredModel {
  readonly name: string;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The version that each alias names. */
  readonly aliases: Readonly<Record<string, number>>;
  /** The newest version in each stage that has one. */
  readonly latestVersions: readonly ModelVersion[];
}

/** Where a model version stands in the workflow that aliases have replaced. */
export type ModelVersionStage = "None" | "Staging" | "Production" | "Archived";
/** How far a model version is: READY when it can be loaded. */
export type ModelVersionStatus = "PENDING_REGISTRATION" | "FAILED_REGISTRATION" | "READY";

/** One version of a registered model: where its files are, and what it was made by. */
export interface ModelVersion {
  /** The registered model's. */
  readonly name: string;
  /** Counted from 1 within the registered model; the number of a deleted version is not given again. */
  readonly version: number;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly userId?: string;
  readonly currentStage: ModelVersionStage;
  readonly description?: string;
  /** The URI it was registered from: `models:/m-…`, `runs:/…`, or where the files are. */
  readonly source: string;
  readonly runId?: string;
  readonly runLink?: string;
  readonly status: ModelVersionStatus;
  readonly statusMessage?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Those of the registered model's aliases that name this version. */
  readonly aliases: readonly string[];
  /** The LoggedModel that was registered. */
  readonly modelId?: string;
  /** The LoggedModel's, where it can be read. */
  readonly params?: Readonly<Record<string, string>>;
  /** The LoggedModel's, where it can be read. */
  readonly metrics?: readonly Metric[];
}

/** An entry of a listing of artifacts: a file with its size, or a folder. */
export interface FileInfo {
  /** Relative to the artifact root, with `/`. */
  readonly path: string;
  readonly isDir: boolean;
  /** Bytes; absent for a folder. */
  readonly fileSize?: number;
}

/** A page of a listing; `nextPageToken` is absent on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
}
