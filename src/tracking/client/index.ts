export { ArtifactOperations, type ArtifactPathOptions } from "./artifact-operations";
export { type CreateExperimentOptions, ExperimentOperations } from "./experiment-operations";
export {
  type CreateLoggedModelOptions,
  LoggedModelOperations,
  type SearchLoggedModelsOptions,
} from "./logged-model-operations";
export { type LogBatchOptions, LoggingOperations } from "./logging-operations";
export {
  type CreateModelVersionOptions,
  ModelVersionOperations,
  type RegisterModelOptions,
} from "./model-version-operations";
export { type MetricOptions, type MetricPoint, toSeries } from "./metric-batch";
export type { PagedList } from "./paged-list";
export {
  type CreateRegisteredModelOptions,
  RegisteredModelOperations,
  requireRegistry,
} from "./registered-model-operations";
export { loggedModelName, runModelAt } from "./run-model";
export { type CreateRunOptions, RunOperations } from "./run-operations";
export {
  isRegisteredModelName,
  requireAlias,
  requireRegisteredModelName,
  toRegistryTag,
  toVersion,
} from "./registry-arguments";
export type { SearchOptions, SearchQuery } from "./search-options";
export { TrackingClient } from "./tracking-client";
