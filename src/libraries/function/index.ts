export { flavor as functionFlavor } from "./flavor";
export type { FunctionContext, FunctionModel, PredictiveModule } from "./function-model";
