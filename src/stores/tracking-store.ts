import type {
  DatasetInput,
  Experiment,
  LoggedModel,
  LoggedModelStatus,
  Metric,
  ModelInput,
  ModelOutput,
  Page,
  Param,
  RunEntity,
  RunStatus,
  Tag,
} from "../core";
import type { HistoryParts } from "./history-parts";
import type { Remote } from "./remote";
import type { LoggedModelQuery, SearchOptions } from "../search";

/** Many points of one metric, column by column: what the recorder queues and the stores write in one go. */
export interface MetricSeries {
  readonly key: string;
  readonly values: readonly number[];
  readonly timestamps: readonly number[];
  readonly steps: readonly number[];
  readonly modelId?: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** Which points of a metric's history are asked for; all of them when nothing is said. */
export interface HistoryOptions {
  readonly maxResults?: number;
  readonly pageToken?: string;
  /** Of a longer history about so many points, evenly chosen, with its last, its least and its greatest: what a chart draws. A server answers all. */
  readonly about?: number;
}

export interface Batch {
  readonly metrics?: readonly MetricSeries[];
  readonly params?: readonly Param[];
  readonly tags?: readonly Tag[];
}

/** When something was made and last changed, in epoch milliseconds. What is left out stays as it is. */
export interface Times {
  readonly created?: number;
  readonly updated?: number;
}

/**
 * What a tracking store does, the same for every kind. Local stores (files, SQLite) answer at once, as typed here;
 * remote ones answer with promises, see {@link RemoteTrackingStore}. Arguments have been validated by the caller
 * (core/validation.ts); the store checks what only it can know: existence, life-cycle, uniqueness, param values.
 */
export interface TrackingStore extends Partial<HistoryParts> {
  readonly kind: string;
  /** Absolute URI of the place. */
  readonly uri: string;
  /** @default false: it answers at once */
  readonly isRemote?: false;
  /** Opens what is behind it, as the first operation does, but tries once only: for a server, which tells at its start what is wrong. */
  prepare?(): void;

  createExperiment(name: string, options?: { artifactLocation?: string; tags?: readonly Tag[] }): string;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getExperiment(experimentId: string): Experiment;
  getExperimentByName(name: string): Experiment | undefined;
  searchExperiments(query: SearchOptions): Page<Experiment>;
  renameExperiment(experimentId: string, name: string): void;
  deleteExperiment(experimentId: string): void;
  restoreExperiment(experimentId: string): void;
  setExperimentTag(experimentId: string, tag: Tag): void;
  deleteExperimentTag(experimentId: string, key: string): void;
  /** Dates an experiment that comes from elsewhere, deleted or not. A server keeps its own times. */
  dateExperiment?(experimentId: string, times: Times): void;

  createRun(options: {
    /** Of a run that comes from elsewhere; a server gives its own. @default a new one */
    runId?: string;
    experimentId: string;
    runName: string;
    userId: string;
    startTime: number;
    tags: readonly Tag[];
  }): RunEntity;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getRun(runId: string): RunEntity;
  searchRuns(experimentIds: readonly string[], query: SearchOptions): Page<RunEntity>;
  /**
   * Asks, as cheaply as the place allows, whether a run is there and may be written to: before files are kept beside what is in the store. A server
   * refuses by itself. @throws RESOURCE_DOES_NOT_EXIST, and INVALID_PARAMETER_VALUE when the run is deleted
   */
  requireActiveRun?(runId: string): void;
  updateRun(runId: string, change: { status?: RunStatus; endTime?: number; runName?: string }): void;
  deleteRun(runId: string): void;
  restoreRun(runId: string): void;
  /** Appends metrics, adds params (an old param with another value is INVALID_PARAMETER_VALUE), sets tags. */
  logBatch(runId: string, batch: Batch): void;
  /** Sets a tag that is not there yet: of several processes one gets `true`. */
  claimTag(runId: string, tag: Tag): boolean;
  deleteTag(runId: string, key: string): void;
  getMetricHistory(runId: string, key: string, options?: HistoryOptions): Page<Metric>;
  logInputs(runId: string, inputs: { datasets?: readonly DatasetInput[]; models?: readonly ModelInput[] }): void;
  logOutputs(runId: string, models: readonly ModelOutput[]): void;

  createLoggedModel(options: {
    /** Of a model that comes from elsewhere; a server gives its own. @default a new one */
    modelId?: string;
    experimentId: string;
    name: string;
    sourceRunId?: string;
    modelType?: string;
    params?: readonly Param[];
    tags?: readonly Tag[];
    /** Where the artifacts are; default `<experiment artifact location>/models/<id>/artifacts`. */
    artifactLocation?: string;
  }): LoggedModel;
  getLoggedModel(modelId: string): LoggedModel;
  searchLoggedModels(experimentIds: readonly string[], query: LoggedModelQuery): Page<LoggedModel>;
  finalizeLoggedModel(modelId: string, status: LoggedModelStatus): LoggedModel;
  deleteLoggedModel(modelId: string): void;
  setLoggedModelTags(modelId: string, tags: readonly Tag[]): void;
  deleteLoggedModelTag(modelId: string, key: string): void;
  logLoggedModelParams(modelId: string, params: readonly Param[]): void;
  /** Dates a LoggedModel that comes from elsewhere. A server keeps its own times. */
  dateLoggedModel?(modelId: string, times: Times): void;
}

/** The same store behind a wire. */
export type RemoteTrackingStore = Remote<Omit<TrackingStore, "isRemote">> & { readonly isRemote: true };

/** A store of either kind: to `await` what it answers is right for both. */
export type AnyTrackingStore = TrackingStore | RemoteTrackingStore;
