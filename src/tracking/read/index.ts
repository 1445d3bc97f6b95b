export { type ArtifactOptions, downloadArtifacts, getArtifactUri, listArtifacts } from "./artifacts";
export {
  getExperiment,
  getExperimentByName,
  getRun,
  readingClient,
  type SearchLoggedModelsQuery,
  type SearchRunsQuery,
  searchExperiments,
  searchLoggedModels,
  searchRuns,
} from "./reading";
export { registerModel, searchModelVersions, searchRegisteredModels } from "./registry";
