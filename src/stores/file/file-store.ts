import { InvalidInputError, messages, StoreError } from "../../core";
import * as search from "../../search";
import type { TrackingStore } from "../tracking-store";
import * as experiments from "./experiments";
import { withStoreErrors } from "./file-errors";
import { DEFAULT_EXPERIMENT_ID } from "./layout";
import * as models from "./logged-models";
import * as runs from "./run";
import { skipCorrupt } from "./skip-corrupt";
import { RunSearch } from "./snapshot";
import { resolveRoot, type StoreRoot } from "./store-root";

/** Where a file store lies. */
export interface FileStoreOptions {
  /** A path or `file:` URI. Experiments note their artifact locations in the same form. */
  readonly root: string;
  /** Where new experiments have their artifacts, each in a folder below: a path or URI. @default the root */
  readonly artifactRoot?: string;
}

/**
 * MLflow's file store: a folder that several processes, Python's MLflow among them, may write to at once. Nothing is read
 * or made by opening it: the folder appears with the first write, and until then the store reads as empty.
 *
 * @example
 * const store = fileStore({ root: "./mlruns" });
 * const run = store.createRun({ experimentId: "0", runName: "first", userId: "me", startTime: Date.now(), tags: [] });
 */
export function fileStore({ root: place, artifactRoot }: FileStoreOptions): TrackingStore {
  const root = { ...resolveRoot(place), ...(artifactRoot !== undefined && { artifactRoot }) };
  const locator = new runs.RunLocator(root);
  return withStoreErrors<TrackingStore>({
    kind: "file",
    uri: root.uri,
    ...experimentOperations(root),
    ...runOperations(root, locator),
    ...modelOperations(root),
  });
}

type ExperimentOperation = Extract<keyof TrackingStore, `${string}Experiment${string}`>;
type ModelOperation = Extract<keyof TrackingStore, `${string}LoggedModel${string}`>;
/** They would take as long as the points. */
type NotInFiles = "readHistorySteps" | "readHistoryAt";
type RunOperation = Exclude<keyof TrackingStore, NotInFiles | ExperimentOperation | ModelOperation | "kind" | "uri">;

function experimentOperations(root: StoreRoot): Pick<TrackingStore, ExperimentOperation> {
  return {
    createExperiment: (name, options) => experiments.createExperiment(root, name, options),
    getExperiment: (experimentId) => experiments.getExperiment(root, experimentId),
    getExperimentByName: (name) => experiments.findExperimentByName(root, name)?.experiment,
    searchExperiments: ({ viewType = "ACTIVE_ONLY", ...query }) =>
      search.searchExperiments(
        experiments.listExperiments(root, viewType).map(({ experiment }) => experiment),
        query,
      ),
    renameExperiment: (experimentId, name) => experiments.renameExperiment(root, experimentId, name),
    deleteExperiment: (experimentId) => {
      if (experimentId === DEFAULT_EXPERIMENT_ID) throw new InvalidInputError(messages.defaultExperiment());
      const stored = requireStage(root, experimentId, "active");
      runs.markAllRuns(stored.folder, "deleted");
      experiments.moveToTrash(root, stored);
    },
    restoreExperiment: (experimentId) => {
      const stored = requireStage(root, experimentId, "deleted");
      const { folder } = experiments.moveFromTrash(root, stored);
      runs.markAllRuns(folder, "active");
    },
    setExperimentTag: (experimentId, tag) => experiments.setExperimentTag(root, experimentId, tag),
    deleteExperimentTag: (experimentId, key) => experiments.deleteExperimentTag(root, experimentId, key),
    dateExperiment: (experimentId, times) => experiments.dateExperiment(root, experimentId, times),
  };
}

function requireStage(
  root: StoreRoot,
  experimentId: string,
  stage: "active" | "deleted",
): experiments.StoredExperiment {
  const found = experiments.findExperiment(root, experimentId);
  if (found?.experiment.lifecycleStage !== stage)
    throw new StoreError(
      messages.notFound(
        `${stage} experiment`,
        experimentId,
        'await searchExperiments({ viewType: "ALL" }) shows which there are and their lifecycleStage.',
      ),
    );
  return found;
}

function runOperations(root: StoreRoot, locator: runs.RunLocator): Pick<TrackingStore, RunOperation> {
  const runSearch = new RunSearch(root);
  return {
    createRun: (options) => runs.createRun(root, locator, options),
    getRun: (runId) => {
      const { folder, info } = locator.find(runId);
      return runs.readRun(folder, info);
    },
    searchRuns: (experimentIds, { viewType = "ACTIVE_ONLY", ...query }) =>
      runSearch.search(experimentFolders(root, experimentIds), viewType, query),
    requireActiveRun: (runId) => void locator.findUnchanged(runId),
    updateRun: (runId, change) => runs.updateRun(locator.findActive(runId), change),
    deleteRun: (runId) => {
      const { folder, info } = locator.find(runId);
      runs.markDeleted(folder, info);
    },
    restoreRun: (runId) => {
      const { folder, info } = locator.find(runId);
      runs.markActive(folder, info);
    },
    logBatch: (runId, batch) => runs.logBatch(locator, runId, batch),
    claimTag: (runId, tag) => runs.claimTag(locator.findUnchanged(runId).folder, tag),
    deleteTag: (runId, key) => runs.deleteTag(locator.findUnchanged(runId).folder, key),
    getMetricHistory: (runId, key, options) => runs.historyPage(locator.find(runId), key, options),
    readHistory: (runId, key, options) => runs.readHistory(locator.find(runId), key, options),
    measureHistory: (runId, key, after) => runs.measureHistory(locator.find(runId), key, after),
    logInputs: (runId, inputs) => runs.writeInputs(locator.findUnchanged(runId).folder, inputs),
    logOutputs: (runId, outputs) => runs.writeOutputs(locator.findUnchanged(runId).folder, outputs),
  };
}

/** The folders of those experiments that exist; unknown ids are none, as in MLflow. */
function experimentFolders(root: StoreRoot, experimentIds: readonly string[]): string[] {
  return [...new Set(experimentIds)].flatMap(
    (id) => skipCorrupt(`the experiment ${id}`, () => experiments.findExperiment(root, id)?.folder) ?? [],
  );
}

function modelOperations(root: StoreRoot): Pick<TrackingStore, ModelOperation> {
  const places = new models.ModelPlaces();
  const find = (modelId: string) => models.findLoggedModel(root, places, modelId);
  return {
    createLoggedModel: (options) => models.createLoggedModel(root, places, options),
    getLoggedModel: (modelId) => find(modelId).model,
    searchLoggedModels: (experimentIds, query) =>
      search.searchLoggedModels(experimentFolders(root, experimentIds).flatMap(models.listLoggedModels), query),
    finalizeLoggedModel: (modelId, status) => models.finalizeLoggedModel(find(modelId), status),
    deleteLoggedModel: (modelId) => models.deleteLoggedModel(find(modelId)),
    setLoggedModelTags: (modelId, tags) => models.writeTags(find(modelId).folder, tags),
    deleteLoggedModelTag: (modelId, key) => models.deleteModelTag(find(modelId).folder, key),
    logLoggedModelParams: (modelId, params) => models.writeParams(find(modelId).folder, params),
    dateLoggedModel: (modelId, times) => models.dateLoggedModel(find(modelId), times),
  };
}
