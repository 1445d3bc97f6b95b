export { fileAnswer } from "./file-answer";
export { receive } from "./receive";
export { ServedArtifacts, type ServedArtifactsOptions } from "./served-artifacts";
