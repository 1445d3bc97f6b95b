import { choice, flag, integer, list, message, number, preset, required, text } from "../fields";

/** A key and its value, as tags and params are sent. */
export const pair = () => message({ key: required(text()), value: preset(text(), "") });

/** A list of tags or params. */
export const pairs = (most?: number) => list(pair(), most);

/** A point of a metric. */
export const metric = () =>
  message({
    key: required(text()),
    value: required(number()),
    timestamp: required(integer()),
    step: preset(integer(), 0),
    model_id: text(),
    dataset_name: text(),
    dataset_digest: text(),
  });

/** A data set that a run used. */
export const datasetInput = () =>
  message({
    tags: pairs(),
    dataset: required(
      message({
        name: required(text()),
        digest: required(text()),
        source_type: required(text()),
        source: required(text()),
        schema: text(),
        profile: text(),
      }),
    ),
  });

/** How LoggedModels are ordered by one thing. */
export const orderItem = () =>
  message({
    field_name: required(text()),
    ascending: preset(flag(), true),
    dataset_name: text(),
    dataset_digest: text(),
  });

/** MLflow's ViewType. */
export const viewType = () => choice({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 });

/** MLflow's RunStatus. */
export const runStatus = () => choice({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });

/** MLflow's LoggedModelStatus. */
export const loggedModelStatus = () =>
  choice({
    LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
    LOGGED_MODEL_PENDING: 1,
    LOGGED_MODEL_READY: 2,
    LOGGED_MODEL_UPLOAD_FAILED: 3,
  });
