export { withModelData } from "./model-data";
export { findLoggedModel, linkVersion } from "./model-link";
export { lookUpSource, type ModelSource } from "./model-source";
export { registerLogged } from "./register-logged";
export { placeToRegister } from "./registered-place";
export {
  toModelVersionList,
  toRegisteredModelList,
  toShownModelVersion,
  toShownRegisteredModel,
} from "./shown-registry";
