export { measureHistory, readHistory } from "./history-parts";
export { writeInputs, writeOutputs } from "./inputs";
export { claimTag, writeTag } from "./run-data";
export { isRunFolder, RunLocator } from "./run-locator";
export { readRunInfo } from "./run-meta";
export {
  createRun,
  deleteTag,
  historyPage,
  isInView,
  logBatch,
  markActive,
  markAllRuns,
  markDeleted,
  readRun,
  readRuns,
  updateRun,
} from "./runs";
