import { type SqlBool, sql } from "kysely";
import { InvalidInputError, type Metric, messages, type Page, StoreError } from "../../core";
import { decodeOffset, encodeOffset } from "../../search";
import type { HistoryOptions, MetricSeries } from "../tracking-store";
import type { SqlContext } from "./context";
import { isLater } from "./dialects";
import { requireRun } from "./runs";
import { performAll, rowOf, rowsOf, type Steps } from "./steps";
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
  { maxResults, pageToken, about }: HistoryOptions = {},
): Steps<Page<Metric>> {
  if (maxResults !== undefined && (!Number.isSafeInteger(maxResults) || maxResults < 1))
    throw new InvalidInputError(messages.badMaxResults(maxResults, Number.MAX_SAFE_INTEGER));
  const offset = decodeOffset(pageToken);
  yield* requireRun(context, runId);
  const toMetric = (row: PointRow): Metric => ({
    key,
    value: numberOf(row),
    timestamp: row.timestamp,
    step: row.step,
    runId,
  });
  if (about !== undefined) return { items: (yield* sampledRows(context, runId, key, about)).map(toMetric) };
  const all = inOrder(pointsOf(context, runId, key));
  const page = maxResults === undefined ? all : all.limit(maxResults + 1).offset(offset);
  const rows = yield* rowsOf(page);
  const hasMore = maxResults !== undefined && rows.length > maxResults;
  const items = (maxResults === undefined ? rows.slice(offset) : rows.slice(0, maxResults)).map(toMetric);
  return { items, ...(hasMore && { nextPageToken: encodeOffset(offset + maxResults) }) };
}

type PointRow = Pick<MetricRow, "value" | "timestamp" | "step" | "is_nan">;

const pointsOf = ({ dialect }: SqlContext, runId: string, key: string) =>
  dialect.db
    .selectFrom("metrics")
    .select(["value", "timestamp", "step", "is_nan"])
    .where("run_uuid", "=", runId)
    .where("key", "=", key);

type PointQuery = ReturnType<typeof pointsOf>;

const inOrder = (points: PointQuery): PointQuery => points.orderBy("timestamp").orderBy("step").orderBy("value");

/** Every so many-th row, counted from the last, and those of the least and the greatest value. */
function* sampledRows(context: SqlContext, runId: string, key: string, about: number): Steps<readonly PointRow[]> {
  const { db } = context.dialect;
  const points = pointsOf(context, runId, key);
  const counted = yield* rowOf(db.selectFrom(points.as("one")).select((eb) => eb.fn.countAll().as("count")));
  const count = Number(counted?.count ?? 0);
  const stride = Math.ceil(count / about);
  if (stride <= 1) return yield* rowsOf(inOrder(points));
  const placed = points.select(sql<number>`row_number() over (order by timestamp, step, value)`.as("place"));
  const isChosen = sql<SqlBool>`(${sql.lit(count)} - place) % ${sql.lit(stride)} = 0`;
  const chosen = db.selectFrom(placed.as("one")).select(["value", "timestamp", "step", "is_nan"]).where(isChosen);
  const numbers = points.where(sql<SqlBool>`not is_nan`);
  const rows = [
    ...(yield* rowsOf(numbers.orderBy("value").limit(1))),
    ...(yield* rowsOf(numbers.orderBy("value", "desc").limit(1))),
    ...(yield* rowsOf(chosen)),
  ];
  const distinct = new Map(rows.map((row) => [`${row.timestamp} ${row.step} ${numberOf(row)}`, row]));
  return [...distinct.values()].sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value);
}
