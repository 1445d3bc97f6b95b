export { createInvoke, type Invoke } from "./invocation";
export { type EnvironmentName, loadServedModel, type ServedModelOptions } from "./load-served";
export { type Address, type HttpServer, startHttpServer } from "../process";
export { createScoringApp, type ScoringOptions } from "./scoring-app";
export { serveModel, type ServeOptions } from "./serve-model";
export type { ServedInput, ServedModel } from "./served-model";
