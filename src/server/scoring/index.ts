export { createScoringApp, type ScoringOptions } from "./scoring-app";
export type { ServedInput, ServedModel } from "./served-model";
export { type Address, type HttpServer, startHttpServer } from "./process";
