export { findModel } from "./find-model";
export { AskableModel, type LoadedModel, type LoadedModelParts } from "./loaded-model";
export { type ModelInfo, readModelInfo } from "./model-info";
export { modelPackages, packageLoader } from "./model-packages";
