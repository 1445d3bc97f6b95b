import { type AutologDisplay, onTraining, optionsFor, prepareAutolog } from "./autolog";
import { globalSlot } from "./core";
import { currentRuntime, displayModeOfEnvironment } from "./runtime";

export type { AutologDisplay, AutologOptions, LibraryAutologOptions, Training, TrainingEvent } from "./autolog";
export { autolog, onTraining, registerIntegration, track } from "./autolog";
export type {
  Dataset,
  ErrorCode,
  Experiment,
  FileInfo,
  LoggedModel,
  Metric,
  RunStatus,
  TerminalStatus,
  ViewType,
} from "./core";
export { InvalidInputError, StoreError, TrackbookError } from "./core";
export type { Integration, LoggedModelInfo, LogModelOptions, SaveModelOptions } from "./libraries";
export { logModel, saveModel } from "./libraries";
export type { DatasetOptions, ModelSignature } from "./models";
export { dataset, inferSignature } from "./models";
export type {
  LogImageOptions,
  LogInputOptions,
  LogMetricOptions,
  SearchOptions,
  SearchRunsQuery,
  StartRunOptions,
} from "./tracking";
export {
  ActiveRun,
  activeRun,
  deleteTag,
  downloadArtifacts,
  endRun,
  flush,
  getArtifactUri,
  getExperiment,
  getExperimentByName,
  getRun,
  getTrackingUri,
  lastActiveRun,
  listArtifacts,
  logArtifact,
  logArtifacts,
  logDict,
  logFigure,
  logImage,
  logInput,
  logMetric,
  logMetrics,
  logParam,
  logParams,
  logTable,
  logText,
  Run,
  RunList,
  searchExperiments,
  searchLoggedModels,
  searchRuns,
  setExperiment,
  setExperimentTag,
  setExperimentTags,
  setRegistryUri,
  setTag,
  setTags,
  setTrackingUri,
  startRun,
  TrackingClient,
} from "./tracking";

prepareAutolog();

/** The live display, loaded by the first training that somebody may watch. */
globalSlot("display", () => {
  let shown: AutologDisplay = "none";
  let remove = () => {};
  return onTraining(({ type, training }) => {
    if (type !== "started") return;
    const { display, silent } = optionsFor(training.library);
    const wanted = silent ? "none" : (display ?? displayModeOfEnvironment() ?? "auto");
    if (wanted === shown || !currentRuntime().isInteractive) return;
    remove();
    shown = wanted;
    if (wanted === "none") return;
    const { installLiveDisplay } = require("./notebook") as typeof import("./notebook");
    remove = installLiveDisplay(wanted);
  });
});
