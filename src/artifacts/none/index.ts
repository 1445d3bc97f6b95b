export { noArtifacts } from "./no-artifacts";
