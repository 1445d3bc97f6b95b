export { COPIES } from "./copied-package";
export { environmentEntry, environmentOf, type EnvironmentTrace, type ModelEnvironment } from "./model-environment";
