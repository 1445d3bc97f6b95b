import type { TrackingStore } from "../tracking-store";
import { logBatch } from "./batches";
import { type MethodOf, type Operations, reads, writes } from "./context";
import * as experiments from "./experiments";
import * as histories from "./history-parts";
import { logInputs, logOutputs } from "./inputs";
import * as models from "./logged-models";
import { getMetricHistory } from "./points";
import { getRun } from "./run-reading";
import { searchRuns } from "./run-search";
import * as runs from "./runs";

/** Everything that a tracking store does, as steps on a database. */
export const TRACKING_OPERATIONS: Operations<TrackingStore, Exclude<MethodOf<TrackingStore>, "prepare">> = {
  createExperiment: writes(experiments.createExperiment),
  getExperiment: reads(experiments.getExperiment),
  getExperimentByName: reads(experiments.getExperimentByName),
  searchExperiments: reads(experiments.searchExperiments),
  renameExperiment: writes(experiments.renameExperiment),
  deleteExperiment: writes(experiments.deleteExperiment),
  restoreExperiment: writes(experiments.restoreExperiment),
  setExperimentTag: writes(experiments.setExperimentTag),
  deleteExperimentTag: writes(experiments.deleteExperimentTag),
  dateExperiment: writes(experiments.dateExperiment),

  createRun: writes(runs.createRun),
  getRun: reads(getRun),
  searchRuns: reads(searchRuns),
  requireActiveRun: reads(function* (context, runId: string) {
    yield* runs.requireActiveRun(context, runId);
  }),
  updateRun: writes(runs.updateRun),
  deleteRun: writes((context, runId: string) => runs.markRun(context, runId, "deleted")),
  restoreRun: writes((context, runId: string) => runs.markRun(context, runId, "active")),
  logBatch: writes(logBatch),
  claimTag: writes(runs.claimTag),
  deleteTag: writes(runs.deleteTag),
  getMetricHistory: reads(getMetricHistory),
  readHistory: reads(histories.readHistory),
  measureHistory: reads(histories.measureHistory),
  readHistorySteps: reads(histories.readHistorySteps),
  readHistoryAt: reads(histories.readHistoryAt),
  logInputs: writes(logInputs),
  logOutputs: writes(logOutputs),

  createLoggedModel: writes(models.createLoggedModel),
  getLoggedModel: reads(models.getLoggedModel),
  searchLoggedModels: reads(models.searchLoggedModels),
  finalizeLoggedModel: writes(models.finalizeLoggedModel),
  deleteLoggedModel: writes(models.deleteLoggedModel),
  setLoggedModelTags: writes(models.setLoggedModelTags),
  deleteLoggedModelTag: writes(models.deleteLoggedModelTag),
  logLoggedModelParams: writes(models.logLoggedModelParams),
  dateLoggedModel: writes(models.dateLoggedModel),
};
