import {
  type Experiment,
  type LoggedModel,
  newModelId,
  newRunId,
  NOWHERE,
  now,
  type RunEntity,
  type RunInfo,
} from "../../core";
import * as search from "../../search";
import type { TrackingStore } from "../tracking-store";

/**
 * The store of `TRACKBOOK_MODE=disabled`: it takes everything and keeps nothing. What is asked for by an id is there, and empty, so that
 * a program that was written to record goes on as ever; searches check what they are asked and find nothing.
 *
 * @example emptyStore({ uri: "file:///home/me/mlruns" }).searchRuns(["0"], {}).items; // []
 */
export function emptyStore({ uri }: { readonly uri: string }): TrackingStore {
  return { kind: "none", uri, ...experimentOperations, ...runOperations, ...modelOperations };
}

type ExperimentOperation = Extract<keyof TrackingStore, `${string}Experiment${string}`>;
type ModelOperation = Extract<keyof TrackingStore, `${string}LoggedModel${string}`>;
type RunOperation = Exclude<keyof TrackingStore, ExperimentOperation | ModelOperation | "kind" | "uri">;

const nothing = (): void => {};

const experiment = (experimentId: string, name: string): Experiment => ({
  experimentId,
  name,
  artifactLocation: `${NOWHERE}${experimentId}`,
  lifecycleStage: "active",
  tags: {},
});

const experimentOperations: Pick<TrackingStore, ExperimentOperation> = {
  createExperiment: () => "0",
  getExperiment: (experimentId) => experiment(experimentId, experimentId === "0" ? "Default" : experimentId),
  getExperimentByName: (name) => experiment("0", name),
  searchExperiments: ({ viewType: _, ...query }) => search.searchExperiments([], query),
  renameExperiment: nothing,
  deleteExperiment: nothing,
  restoreExperiment: nothing,
  setExperimentTag: nothing,
  deleteExperimentTag: nothing,
};

function emptyRun(info: Pick<RunInfo, "runId"> & Partial<RunInfo>, tags: RunEntity["data"]["tags"] = {}): RunEntity {
  return {
    info: {
      runName: "",
      experimentId: "0",
      userId: "",
      status: "RUNNING",
      startTime: now(),
      artifactUri: `${NOWHERE}${info.runId}/artifacts`,
      lifecycleStage: "active",
      ...info,
    },
    data: { params: {}, metrics: {}, tags, latestMetrics: [] },
    inputs: { datasetInputs: [], modelInputs: [] },
    outputs: { modelOutputs: [] },
  };
}

const runOperations: Pick<TrackingStore, RunOperation> = {
  createRun: ({ tags, ...info }) =>
    emptyRun({ runId: newRunId(), ...info }, Object.fromEntries(tags.map(({ key, value }) => [key, value]))),
  getRun: (runId) => emptyRun({ runId }),
  searchRuns: (_experimentIds, { viewType: _, ...query }) => search.searchRuns([], query),
  updateRun: nothing,
  deleteRun: nothing,
  restoreRun: nothing,
  logBatch: nothing,
  claimTag: () => true,
  deleteTag: nothing,
  getMetricHistory: () => ({ items: [] }),
  logInputs: nothing,
  logOutputs: nothing,
};

function emptyModel(model: Pick<LoggedModel, "modelId"> & Partial<LoggedModel>): LoggedModel {
  const time = now();
  return {
    experimentId: "0",
    name: "",
    artifactLocation: `${NOWHERE}${model.modelId}/artifacts`,
    creationTimestamp: time,
    lastUpdatedTimestamp: time,
    status: "PENDING",
    lifecycleStage: "active",
    params: {},
    tags: {},
    metrics: [],
    ...model,
  };
}

const modelOperations: Pick<TrackingStore, ModelOperation> = {
  createLoggedModel: ({ params: _params, tags: _tags, artifactLocation: _location, ...model }) =>
    emptyModel({ modelId: newModelId(), ...model }),
  getLoggedModel: (modelId) => emptyModel({ modelId }),
  searchLoggedModels: (_experimentIds, query) => search.searchLoggedModels([], query),
  finalizeLoggedModel: (modelId, status) => emptyModel({ modelId, status }),
  deleteLoggedModel: nothing,
  setLoggedModelTags: nothing,
  deleteLoggedModelTag: nothing,
  logLoggedModelParams: nothing,
};
