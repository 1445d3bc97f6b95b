export type * from "./artifact-repository";
export { type LocalArtifactsOptions, localArtifacts } from "./local";
export { openArtifacts } from "./open-artifacts";
