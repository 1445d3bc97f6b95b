import { InvalidInputError, LIMITS, messages } from "../../../core";
import { type MetricPoint, toParam, toSeries, toTag } from "../../../tracking";
import { flag, integer, list, number, preset, required, runId, text } from "../fields";
import { jsonRoute, type Route } from "./route";
import { metric, pairs } from "./wire-messages";

const subject = "runs";

/** What is logged to a run: metrics, params, tags. */
export const RUN_DATA_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Adds a point to a metric.",
    methods: ["POST"],
    path: "mlflow/runs/log-metric",
    fields: {
      run_id: runId(),
      key: required(text()),
      value: required(number()),
      timestamp: required(integer()),
      step: preset(integer(), 0),
      model_id: text(),
      dataset_name: text(),
      dataset_digest: text(),
    },
    answer: ({ run_id, ...point }, { points }) => points.add(run_id, pointOf(point)),
  }),
  jsonRoute({
    subject,
    summary: "Adds a param; it may be sent again with the same value only.",
    methods: ["POST"],
    path: "mlflow/runs/log-parameter",
    fields: { run_id: runId(), key: required(text()), value: preset(text(), "") },
    async answer({ run_id, key, value }, { store }) {
      await store.logBatch(run_id, { params: [toParam(key, value)] });
    },
  }),
  jsonRoute({
    subject,
    summary: "Adds metrics and params and sets tags, at most 1000 altogether.",
    methods: ["POST"],
    path: "mlflow/runs/log-batch",
    fields: {
      run_id: required(text()),
      metrics: list(metric(), LIMITS.metricsPerBatch),
      params: pairs(LIMITS.paramsPerBatch),
      tags: pairs(LIMITS.tagsPerBatch),
    },
    async answer({ run_id, metrics, params, tags }, { store }) {
      const count = metrics.length + params.length + tags.length;
      if (count > LIMITS.entitiesPerBatch)
        throw new InvalidInputError(
          messages.batchTooLarge("metrics, params, and tags", count, LIMITS.entitiesPerBatch),
        );
      requireDistinct(params.map(({ key }) => key));
      await store.logBatch(run_id, {
        metrics: toSeries(metrics.map(pointOf)),
        params: params.map(({ key, value }) => toParam(key, value)),
        tags: tags.map(({ key, value }) => toTag(key, value)),
      });
    },
  }),
  jsonRoute({
    subject,
    summary:
      "Sets a tag; `mlflow.runName` renames the run. With `if_absent`, which MLflow lacks, only one that is not there; the answer says so.",
    methods: ["POST"],
    path: "mlflow/runs/set-tag",
    fields: { run_id: runId(), key: required(text()), value: preset(text(), ""), if_absent: flag() },
    async answer({ run_id, key, value, if_absent }, { store }) {
      const tag = toTag(key, value);
      if (if_absent === true) return { is_set: await store.claimTag(run_id, tag) };
      await store.logBatch(run_id, { tags: [tag] });
      return undefined;
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes a tag.",
    methods: ["POST"],
    path: "mlflow/runs/delete-tag",
    fields: { run_id: required(text()), key: required(text()) },
    async answer({ run_id, key }, { store }) {
      await store.deleteTag(run_id, key);
    },
  }),
];

/** A point as it is sent, as the tracking API has it. */
function pointOf(point: {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly model_id: string | undefined;
  readonly dataset_name: string | undefined;
  readonly dataset_digest: string | undefined;
}): MetricPoint {
  const { key, value, timestamp, step, model_id, dataset_name, dataset_digest } = point;
  return {
    key,
    value,
    timestamp,
    step,
    modelId: model_id || undefined,
    datasetName: dataset_name || undefined,
    datasetDigest: dataset_digest || undefined,
  };
}

function requireDistinct(keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new InvalidInputError(messages.duplicateParam(key));
    seen.add(key);
  }
}
