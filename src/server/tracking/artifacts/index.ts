export { fileAnswer } from "./file-answer";
export { mediaTypeOf } from "./media-type";
export { receive } from "./receive";
export { ServedArtifacts, type ServedArtifactsOptions } from "./served-artifacts";
