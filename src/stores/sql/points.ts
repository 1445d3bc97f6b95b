import { sql } from "kysely";
import { InvalidInputError, type Metric, messages, type Page, StoreError } from "../../core";
import { decodeOffset, encodeOffset } from "../../search";
import type { MetricSeries } from "../tracking-store";
import type { SqlContext } from "./context";
import { requireRun } from "./runs";
import { performAll, rowsOf, type Steps } from "./steps";
import type { MetricRow } from "./tables";

/** MLflow keeps an infinity as the largest number (`sanitize_metric_value`). */
const stored = (value: number): number =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 0 : Math.sign(value) * Number.MAX_VALUE;

/** The value that a row stands for. */
export const numberOf = ({ value, is_nan }: Pick<MetricRow, "value" | "is_nan">): number =>
  is_nan ? Number.NaN : value;

/** Adds points to a run's metrics; those that are there already are left as they are. */
export function* insertPoints({ dialect }: SqlContext, runId: string, metrics: readonly MetricSeries[]): Steps<void> {
  const rows: unknown[][] = [];
  const latest = new Map<string, MetricRow>();
  for (const { key, values, timestamps, steps } of metrics) {
    let best = latest.get(key);
    for (let i = 0; i < values.length; i++) {
      const value = stored(values[i] as number);
      const hasNoValue = Number.isNaN(values[i]) ? 1 : 0;
      const [timestamp, step] = [timestamps[i] as number, steps[i] as number];
      rows.push([key, value, timestamp, runId, step, hasNoValue]);
      if (!best || isLater(step, timestamp, value, best))
        best = { key, value, timestamp, step, is_nan: hasNoValue, run_uuid: runId };
    }
    if (best) latest.set(key, best);
  }
  yield* performAll(
    dialect.insertMissing({
      table: "metrics",
      columns: ["key", "value", "timestamp", "run_uuid", "step", "is_nan"],
      rows,
      key: ["key", "timestamp", "step", "run_uuid", "value", "is_nan"],
    }),
  );
  yield* dialect.upsertLatest([...latest.values()]);
}

/** True when a point counts as later, as MLflow compares what it has stored: a NaN's 0 too. */
export function isLater(step: number, timestamp: number, value: number, than: MetricRow): boolean {
  if (step !== than.step) return step > than.step;
  if (timestamp !== than.timestamp) return timestamp > than.timestamp;
  return value > than.value;
}

/** Adds those of the points that were measured on LoggedModels to these. */
export function* insertModelPoints(
  { dialect }: SqlContext,
  runId: string,
  experimentId: number,
  metrics: readonly MetricSeries[],
): Steps<void> {
  const rows = metrics.flatMap(({ key, values, timestamps, steps, modelId, datasetName, datasetDigest }) =>
    modelId === undefined
      ? []
      : values.map((value, i) => [
          modelId,
          key,
          timestamps[i],
          steps[i],
          stored(value),
          experimentId,
          runId,
          null,
          datasetName ?? null,
          datasetDigest ?? null,
        ]),
  );
  yield* performAll(
    dialect.insertMissing({
      table: "logged_model_metrics",
      columns: [
        "model_id",
        "metric_name",
        "metric_timestamp_ms",
        "metric_step",
        "metric_value",
        "experiment_id",
        "run_id",
        "dataset_uuid",
        "dataset_name",
        "dataset_digest",
      ],
      rows,
      key: ["model_id", "metric_name", "metric_timestamp_ms", "metric_step", "run_id"],
    }),
  );
}

/** @throws RESOURCE_DOES_NOT_EXIST for points of a LoggedModel that is not there */
export function* requireLoggedModels({ dialect }: SqlContext, metrics: readonly MetricSeries[]): Steps<void> {
  const ids = [...new Set(metrics.flatMap(({ modelId }) => modelId ?? []))];
  if (ids.length === 0) return;
  const known = yield* rowsOf(
    dialect.db
      .selectFrom("logged_models")
      .select("model_id")
      .where(dialect.isAmong(sql.ref("model_id"), ids)),
  );
  for (const id of ids)
    if (!known.some(({ model_id }) => model_id === id))
      throw new StoreError(messages.notFound("logged model", id, "await searchLoggedModels() lists them."));
}

/** A page of a metric's history, by time, step and value; all of it without `maxResults`. */
export function* getMetricHistory(
  context: SqlContext,
  runId: string,
  key: string,
  { maxResults, pageToken }: { maxResults?: number; pageToken?: string } = {},
): Steps<Page<Metric>> {
  if (maxResults !== undefined && (!Number.isSafeInteger(maxResults) || maxResults < 1))
    throw new InvalidInputError(messages.badMaxResults(maxResults, Number.MAX_SAFE_INTEGER));
  const offset = decodeOffset(pageToken);
  yield* requireRun(context, runId);
  const all = context.dialect.db
    .selectFrom("metrics")
    .select(["value", "timestamp", "step", "is_nan"])
    .where("run_uuid", "=", runId)
    .where("key", "=", key)
    .orderBy("timestamp")
    .orderBy("step")
    .orderBy("value");
  const page = maxResults === undefined ? all : all.limit(maxResults + 1).offset(offset);
  const rows = yield* rowsOf(page);
  const hasMore = maxResults !== undefined && rows.length > maxResults;
  const items = (maxResults === undefined ? rows.slice(offset) : rows.slice(0, maxResults)).map(
    (row): Metric => ({ key, value: numberOf(row), timestamp: row.timestamp, step: row.step, runId }),
  );
  return { items, ...(hasMore && { nextPageToken: encodeOffset(offset + maxResults) }) };
}
