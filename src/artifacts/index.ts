export type * from "./artifact-repository";
export { type LocalArtifactsOptions, localArtifacts } from "./local";
export { checking, digestField, digestOf, hashed, sha256In } from "./digests";
export { inParallel } from "./in-parallel";
export { isServedSomewhere, servedPlace } from "./served-place";
export { transferProgress } from "./progress";
export { openAnyArtifacts, type OpenArtifactsOptions, openArtifacts } from "./open-artifacts";
