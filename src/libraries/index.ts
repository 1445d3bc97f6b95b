export type * from "./integration";
export { integrations } from "./integrations";
export type { LoggedModelInfo } from "./logged-model-info";
export { type LogModelOptions, logModel, type SaveModelOptions, saveModel } from "./save-model";
