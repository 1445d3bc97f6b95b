import { sql } from "kysely";
import {
  LOGGED_MODEL_STATUSES,
  type LoggedModel,
  type LoggedModelStatus,
  type Metric,
  messages,
  newModelId,
  now,
  type Page,
  type Param,
  StoreError,
  type Tag,
} from "../../core";
import * as search from "../../search";
import type { Times, TrackingStore } from "../tracking-store";
import type { SqlContext } from "./context";
import { experimentNumber, requireActiveExperiment, stageOf } from "./experiments";
import { perform, performAll, rowOf, rowsOf, type Steps } from "./steps";
import type { Tables } from "./tables";
import { groupBy, lastOfEach, textsOf } from "./texts";

/** MLflow's LoggedModelStatus, by number. */
const STATUSES = Object.keys(LOGGED_MODEL_STATUSES) as readonly LoggedModelStatus[];

type ModelRow = Tables["logged_models"];

/** Makes a LoggedModel, PENDING until it is finalized. */
export function* createLoggedModel(
  context: SqlContext,
  options: Parameters<TrackingStore["createLoggedModel"]>[0],
): Steps<LoggedModel> {
  const experiment = yield* requireActiveExperiment(context, options.experimentId);
  const { modelId = newModelId() } = options;
  const time = now();
  const defaultLocation = `${(experiment.artifact_location ?? "").replace(/\/+$/, "")}/models/${modelId}/artifacts`;
  const row: ModelRow = {
    model_id: modelId,
    experiment_id: experiment.experiment_id,
    name: options.name,
    artifact_location: options.artifactLocation ?? defaultLocation,
    creation_timestamp_ms: time,
    last_updated_timestamp_ms: time,
    status: STATUSES.indexOf("PENDING"),
    lifecycle_stage: "active",
    model_type: options.modelType ?? null,
    source_run_id: options.sourceRunId ?? null,
    status_message: null,
  };
  yield* perform(context.dialect.db.insertInto("logged_models").values(row));
  yield* writeParams(context, row, options.params ?? []);
  yield* writeTags(context, row, options.tags ?? []);
  return (yield* readModels(context, [row]))[0] as LoggedModel;
}

function* requireRow({ dialect }: SqlContext, modelId: string): Steps<ModelRow> {
  const row = yield* rowOf(
    dialect.db
      .selectFrom("logged_models")
      .selectAll()
      .where("model_id", "=", modelId)
      .where("lifecycle_stage", "=", "active"),
  );
  if (!row) throw new StoreError(messages.notFound("logged model", modelId, "await searchLoggedModels() lists them."));
  return row;
}

/** @throws RESOURCE_DOES_NOT_EXIST, for a deleted one as well */
export function* getLoggedModel(context: SqlContext, modelId: string): Steps<LoggedModel> {
  return (yield* readModels(context, [yield* requireRow(context, modelId)]))[0] as LoggedModel;
}

/** The LoggedModels of these rows, with every point of their metrics. */
function* readModels(context: SqlContext, rows: readonly ModelRow[]): Steps<LoggedModel[]> {
  return yield* withPoints(context, yield* readHeads(context, rows));
}

/** LoggedModels without their metrics. */
function* readHeads({ dialect }: SqlContext, rows: readonly ModelRow[]): Steps<LoggedModel[]> {
  const { db } = dialect;
  const isOne = dialect.isAmong(
    sql.ref("model_id"),
    rows.map((row) => row.model_id),
  );
  const params = yield* rowsOf(
    db
      .selectFrom("logged_model_params")
      .select(["model_id", "param_key as key", "param_value as value"])
      .where(isOne)
      .orderBy("param_key"),
  );
  const tags = yield* rowsOf(
    db
      .selectFrom("logged_model_tags")
      .select(["model_id", "tag_key as key", "tag_value as value"])
      .where(isOne)
      .orderBy("tag_key"),
  );
  const paramsOf = groupBy(params, (row) => row.model_id);
  const tagsOf = groupBy(tags, (row) => row.model_id);
  return rows.map((row) => ({
    modelId: row.model_id,
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactLocation: row.artifact_location,
    creationTimestamp: row.creation_timestamp_ms,
    lastUpdatedTimestamp: row.last_updated_timestamp_ms,
    modelType: row.model_type ?? undefined,
    sourceRunId: row.source_run_id ?? undefined,
    status: STATUSES[row.status] ?? "UNSPECIFIED",
    statusMessage: row.status_message ?? undefined,
    lifecycleStage: stageOf(row.lifecycle_stage),
    params: textsOf(paramsOf(row.model_id)),
    tags: textsOf(tagsOf(row.model_id)),
    metrics: [],
  }));
}

/** The models with the points of these metrics. @param keys every metric when left out */
function* withPoints(
  { dialect }: SqlContext,
  models: readonly LoggedModel[],
  keys?: readonly string[],
): Steps<LoggedModel[]> {
  const ids = models.map(({ modelId }) => modelId);
  const all = dialect.db
    .selectFrom("logged_model_metrics")
    .selectAll()
    .where(dialect.isAmong(sql.ref("model_id"), ids))
    .orderBy("metric_name")
    .orderBy("metric_timestamp_ms")
    .orderBy("metric_step")
    .orderBy("run_id");
  const rows = yield* rowsOf(keys ? all.where(dialect.isAmong(sql.ref("metric_name"), keys)) : all);
  const rowsOfModel = groupBy(rows, (row) => row.model_id);
  return models.map((model) => ({ ...model, metrics: rowsOfModel(model.modelId).map(pointOf) }));
}

const pointOf = (row: Tables["logged_model_metrics"]): Metric => ({
  key: row.metric_name,
  value: row.metric_value ?? Number.NaN,
  timestamp: row.metric_timestamp_ms,
  step: row.metric_step,
  runId: row.run_id,
  modelId: row.model_id,
  datasetName: row.dataset_name ?? undefined,
  datasetDigest: row.dataset_digest ?? undefined,
});

/** Those active LoggedModels of these experiments that pass the filter, in order. Of most only those points are read that the search asks for. */
export function* searchLoggedModels(
  context: SqlContext,
  experimentIds: readonly string[],
  query: Parameters<TrackingStore["searchLoggedModels"]>[1],
): Steps<Page<LoggedModel>> {
  const { dialect } = context;
  const rows = yield* rowsOf(
    dialect.db
      .selectFrom("logged_models")
      .selectAll()
      .where("lifecycle_stage", "=", "active")
      .where(dialect.isAmong(sql.ref("experiment_id"), [...new Set(experimentIds.map(experimentNumber))])),
  );
  const heads = yield* readHeads(context, rows);
  const keys = search.metricsSearched(query);
  const searched = keys?.length === 0 ? heads : yield* withPoints(context, heads, keys);
  const page = search.searchLoggedModels(searched, query);
  return keys === undefined ? page : { ...page, items: yield* withPoints(context, page.items) };
}

/** Sets the final status. */
export function* finalizeLoggedModel(
  context: SqlContext,
  modelId: string,
  status: LoggedModelStatus,
): Steps<LoggedModel> {
  yield* requireRow(context, modelId);
  yield* change(context, modelId, { status: STATUSES.indexOf(status) });
  return yield* getLoggedModel(context, modelId);
}

/** Marks a LoggedModel deleted; its files stay. */
export function* deleteLoggedModel(context: SqlContext, modelId: string): Steps<void> {
  yield* requireRow(context, modelId);
  yield* change(context, modelId, { lifecycle_stage: "deleted" });
}

function* change({ dialect }: SqlContext, modelId: string, changed: Partial<ModelRow>): Steps<void> {
  yield* perform(
    dialect.db
      .updateTable("logged_models")
      .set({ last_updated_timestamp_ms: now(), ...changed })
      .where("model_id", "=", modelId),
  );
}

/** Dates a LoggedModel that comes from elsewhere. */
export function* dateLoggedModel(context: SqlContext, modelId: string, { created, updated }: Times): Steps<void> {
  const { last_updated_timestamp_ms: before } = yield* requireRow(context, modelId);
  yield* change(context, modelId, {
    creation_timestamp_ms: created,
    last_updated_timestamp_ms: updated ?? before,
  });
}

/** Sets tags. */
export function* setLoggedModelTags(context: SqlContext, modelId: string, tags: readonly Tag[]): Steps<void> {
  yield* writeTags(context, yield* requireRow(context, modelId), tags);
}

/** Writes params; unlike a run's they may be written over. */
export function* logLoggedModelParams(context: SqlContext, modelId: string, params: readonly Param[]): Steps<void> {
  yield* writeParams(context, yield* requireRow(context, modelId), params);
}

function* writeTags({ dialect }: SqlContext, model: ModelRow, tags: readonly Tag[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "logged_model_tags",
      columns: ["model_id", "experiment_id", "tag_key", "tag_value"],
      rows: lastOfEach(tags, ({ key }) => key).map(({ key, value }) => [
        model.model_id,
        model.experiment_id,
        key,
        value,
      ]),
      key: ["model_id", "tag_key"],
    }),
  );
}

function* writeParams({ dialect }: SqlContext, model: ModelRow, params: readonly Param[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "logged_model_params",
      columns: ["model_id", "experiment_id", "param_key", "param_value"],
      rows: lastOfEach(params, ({ key }) => key).map(({ key, value }) => [
        model.model_id,
        model.experiment_id,
        key,
        value,
      ]),
      key: ["model_id", "param_key"],
    }),
  );
}

/** Removes a tag. @throws RESOURCE_DOES_NOT_EXIST */
export function* deleteLoggedModelTag(context: SqlContext, modelId: string, key: string): Steps<void> {
  const { db } = context.dialect;
  yield* requireRow(context, modelId);
  const tag = db.selectFrom("logged_model_tags").select("tag_key").where("model_id", "=", modelId);
  if (!(yield* rowOf(tag.where("tag_key", "=", key))))
    throw new StoreError(
      messages.notFound(
        "tag",
        key,
        "await new TrackingClient().getLoggedModel(modelId) shows the tags that there are.",
      ),
    );
  yield* perform(db.deleteFrom("logged_model_tags").where("model_id", "=", modelId).where("tag_key", "=", key));
}
