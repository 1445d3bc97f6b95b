import { ARTIFACT_ROUTES } from "./artifacts";
import { EXPERIMENT_ROUTES } from "./experiments";
import { LOGGED_MODEL_ROUTES } from "./logged-models";
import { METRIC_HISTORY_ROUTES } from "./metric-histories";
import { MODEL_VERSION_ROUTES } from "./model-versions";
import { REGISTERED_MODEL_ROUTES } from "./registered-models";
import type { Route } from "./route";
import { RUN_DATA_ROUTES } from "./run-data";
import { RUN_INPUT_ROUTES } from "./run-inputs";
import { RUN_ROUTES } from "./runs";

export type { FileRoute, JsonRoute, Method, Route } from "./route";

/** Every operation of the API. */
export const ROUTES: readonly Route[] = [
  ...EXPERIMENT_ROUTES,
  ...RUN_ROUTES,
  ...RUN_DATA_ROUTES,
  ...RUN_INPUT_ROUTES,
  ...METRIC_HISTORY_ROUTES,
  ...LOGGED_MODEL_ROUTES,
  ...REGISTERED_MODEL_ROUTES,
  ...MODEL_VERSION_ROUTES,
  ...ARTIFACT_ROUTES,
];
