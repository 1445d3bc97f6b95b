export { requireExperimentName, toExperimentTag, toParam, toTag } from "./arguments";
export { requireDatasetInput } from "./dataset-checks";
export { contextTags, sourceFile, userName } from "./context-tags";
export { setExperimentTag, setExperimentTags } from "./experiment";
export type { Figure, Image, ImageTensor, LogImageOptions, Pixels, Table } from "./files";
export { type BackgroundJob, drainJobs, flushQueues, inBackground, markBusy, reportStored } from "./recorder";
export * from "./client";
export * from "./found-runs";
export * from "./read";
export { requireView } from "./require-view";
export * from "./run";
export {
  currentStore,
  getRegistryUri,
  getTrackingUri,
  setRegistryUri,
  shortPlace,
} from "./tracking-uri";
