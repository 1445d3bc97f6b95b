export type { FunctionContext, FunctionModel, PredictiveModule } from "./function";
export type * from "./integration";
export { integrations } from "./integrations";
export { loadAskable, loadModel } from "./load-model";
export type { LoggedModelInfo } from "./logged-model-info";
export { putIntegration, registeredFlavors, registeredIntegrations } from "./registry";
export { type LogModelOptions, logModel, type SaveModelOptions, saveModel } from "./save-model";
