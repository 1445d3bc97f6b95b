export type * from "./artifact-repository";
export { type LocalArtifactsOptions, localArtifacts } from "./local";
export { inParallel } from "./in-parallel";
export { isServedSomewhere, servedPlace } from "./served-place";
export { openAnyArtifacts, type OpenArtifactsOptions, openArtifacts } from "./open-artifacts";
