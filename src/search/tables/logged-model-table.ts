import type { LoggedModel, Metric } from "../../core";
import {
  closedEntity,
  numberField,
  openEntity,
  ownNumber,
  ownText,
  ownValue,
  type SearchTable,
  textField,
} from "../language";

/** A data set that a model was measured on; without a digest, every version of it. */
export interface DatasetFilter {
  readonly name: string;
  readonly digest?: string;
}

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
          textField("name", (model) => model.name),
          textField("model_id", (model) => model.modelId),
          textField("model_type", (model) => model.modelType),
          textField("status", (model) => model.status),
          textField("source_run_id", (model) => model.sourceRunId),
          numberField("creation_timestamp", (model) => model.creationTimestamp),
          numberField("last_updated_timestamp", (model) => model.lastUpdatedTimestamp),
        ],
        {
          creation_time: "creation_timestamp",
          creation_timestamp_ms: "creation_timestamp",
          last_updated_time: "last_updated_timestamp",
          last_updated_timestamp_ms: "last_updated_timestamp",
        },
      ),
      metric: openEntity((key) =>
        ownNumber(
          (model) => metricsOn(model, datasets, key).map((metric) => metric.value),
          (model) => latest(metricsOn(model, datasets, key))?.value,
        ),
      ),
      param: openEntity((key) => ownText((model) => ownValue(model.params, key), { isListed: true })),
      tag: openEntity((key) => ownText((model) => ownValue(model.tags, key), { isListed: true })),
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
