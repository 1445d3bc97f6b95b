import type { LoggedModel, Metric } from "../../core";
import {
  closedEntity,
  type Field,
  LIST_OPERATORS,
  NUMBER_OPERATORS,
  openEntity,
  ownValue,
  PRESENCE_OPERATORS,
  type SearchTable,
  TEXT_OPERATORS,
} from "../language";

/** A data set that a model was measured on; without a digest, every version of it. */
export interface DatasetFilter {
  readonly name: string;
  readonly digest?: string;
}

const text = (key: string, read: Field<LoggedModel>["read"]): Field<LoggedModel> => ({
  key,
  type: "text",
  operators: [...TEXT_OPERATORS, ...LIST_OPERATORS],
  isOrderable: true,
  read,
});

const time = (key: string, read: Field<LoggedModel>["read"]): Field<LoggedModel> => ({
  key,
  type: "number",
  operators: NUMBER_OPERATORS,
  isOrderable: true,
  read,
});

const chosenText = (read: Field<LoggedModel>["read"]): Omit<Field<LoggedModel>, "key"> => ({
  type: "text",
  operators: [...TEXT_OPERATORS, ...LIST_OPERATORS, ...PRESENCE_OPERATORS],
  isOrderable: false,
  read,
});

/**
 * What LoggedModels are searched by (mlflow/utils/search_logged_model_utils.py). A model may hold a metric several
 * times, for other data sets, runs or steps: a clause needs one of them to match, ordering takes the latest. With
 * `datasets` only metrics on one of these count.
 */
export function loggedModelTable(datasets: readonly DatasetFilter[] = []): SearchTable<LoggedModel> {
  return {
    entities: {
      attribute: closedEntity(
        [
          text("name", (model) => model.name),
          text("model_id", (model) => model.modelId),
          text("model_type", (model) => model.modelType),
          text("status", (model) => model.status),
          text("source_run_id", (model) => model.sourceRunId),
          time("creation_timestamp", (model) => model.creationTimestamp),
          time("last_updated_timestamp", (model) => model.lastUpdatedTimestamp),
        ],
        {
          creation_time: "creation_timestamp",
          creation_timestamp_ms: "creation_timestamp",
          last_updated_time: "last_updated_timestamp",
          last_updated_timestamp_ms: "last_updated_timestamp",
        },
      ),
      metric: openEntity((key) => ({
        type: "number",
        operators: NUMBER_OPERATORS,
        isOrderable: true,
        read: (model) => metricsOn(model, datasets, key).map((metric) => metric.value),
        sortKey: (model) => latest(metricsOn(model, datasets, key))?.value,
      })),
      param: openEntity((key) => chosenText((model) => ownValue(model.params, key))),
      tag: openEntity((key) => chosenText((model) => ownValue(model.tags, key))),
    },
  };
}

/** The metrics of `model` called `key` (any, when `undefined`) on one of `datasets` (any, when there is none). */
export function metricsOn(model: LoggedModel, datasets: readonly DatasetFilter[], key?: string): readonly Metric[] {
  return model.metrics.filter(
    (metric) =>
      (key === undefined || metric.key === key) &&
      (datasets.length === 0 || datasets.some((dataset) => isOn(metric, dataset))),
  );
}

function isOn(metric: Metric, { name, digest }: DatasetFilter): boolean {
  return metric.datasetName === name && (!digest || metric.datasetDigest === digest);
}

function latest(metrics: readonly Metric[]): Metric | undefined {
  return metrics.reduce<Metric | undefined>(
    (best, metric) => (best && !isLater(metric, best) ? best : metric),
    undefined,
  );
}

function isLater(a: Metric, b: Metric): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  if (a.step !== b.step) return a.step > b.step;
  return (a.runId ?? "") < (b.runId ?? "");
}
