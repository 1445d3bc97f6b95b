export type * from "./integration";
export { integrations } from "./integrations";
export { type LoggedModelInfo, type LogModelOptions, logModel, type SaveModelOptions, saveModel } from "./save-model";
