export { EXPERIMENT_TABLE } from "./experiment-table";
export { type DatasetFilter, loggedModelTable, metricsOn } from "./logged-model-table";
export { MODEL_VERSION_TABLE, PROMPT_TAG, REGISTERED_MODEL_TABLE, type SearchedModel } from "./registry-tables";
export { RUN_TABLE, type RunFields, runTable } from "./run-table";
