export { type LocalArtifactsOptions, localArtifacts } from "./local-artifacts";
