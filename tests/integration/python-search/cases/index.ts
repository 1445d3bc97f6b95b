export { EXPERIMENT_FILTERS, EXPERIMENT_ORDERS } from "./experiments";
export { MODEL_CASES } from "./models";
export { RUN_DEVIATIONS } from "./run-deviations";
export { RUN_FILTERS } from "./run-filters";
export { RUN_ORDERS } from "./run-orders";
export { EXPERIMENTS, MODELS, RUNS } from "./stored";
