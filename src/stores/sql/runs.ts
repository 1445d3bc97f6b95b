import {
  InvalidInputError,
  type LifecycleStage,
  messages,
  newRunId,
  now,
  type RunEntity,
  type RunInfo,
  type RunStatus,
  StoreError,
  type Tag,
  TAGS,
} from "../../core";
import type { TrackingStore } from "../tracking-store";
import type { SqlContext } from "./context";
import { requireActiveExperiment } from "./experiments";
import { preparedRows } from "./prepared";
import { perform, performAll, type Steps } from "./steps";
import { lastOfEach, textsOf } from "./texts";

/** The tag that holds a run's name (mlflow/utils/mlflow_tags.py). */
export const RUN_NAME_TAG = TAGS.runName;

/** Makes a run. */
export function* createRun(context: SqlContext, options: Parameters<TrackingStore["createRun"]>[0]): Steps<RunEntity> {
  const { dialect } = context;
  const experiment = yield* requireActiveExperiment(context, options.experimentId);
  const { runId = newRunId() } = options;
  const info: RunInfo = {
    runId,
    runName: options.runName,
    experimentId: String(experiment.experiment_id),
    userId: options.userId,
    status: "RUNNING",
    startTime: options.startTime,
    endTime: undefined,
    artifactUri: `${(experiment.artifact_location ?? "").replace(/\/+$/, "")}/${runId}/artifacts`,
    lifecycleStage: "active",
  };
  const row = {
    run_uuid: runId,
    name: info.runName,
    // What MLflow gives every new run.
    source_type: "UNKNOWN",
    source_name: "",
    entry_point_name: "",
    source_version: "",
    user_id: info.userId,
    status: info.status,
    start_time: info.startTime,
    end_time: null,
    lifecycle_stage: "active",
    artifact_uri: info.artifactUri,
    experiment_id: experiment.experiment_id,
    deleted_time: null,
  };
  yield* performAll(
    dialect.insert({ table: "runs", columns: Object.keys(row), rows: [Object.values(row)], key: ["run_uuid"] }),
  );
  const tags = lastOfEach([...options.tags, { key: RUN_NAME_TAG, value: options.runName }], ({ key }) => key);
  yield* writeRunTags(context, runId, tags);
  return {
    info,
    data: { params: {}, metrics: {}, tags: textsOf(tags), latestMetrics: [] },
    inputs: { datasetInputs: [], modelInputs: [] },
    outputs: { modelOutputs: [] },
  };
}

const stateOf = preparedRows(({ db }, hole) =>
  db.selectFrom("runs").select(["lifecycle_stage", "experiment_id"]).where("run_uuid", "=", hole(0)),
);

/** A run's state; its experiment's number. @throws RESOURCE_DOES_NOT_EXIST */
export function* requireRun(
  { dialect }: SqlContext,
  runId: string,
): Steps<{ readonly lifecycle_stage: string | null; readonly experiment_id: number }> {
  const [state] = yield* stateOf(dialect, runId);
  if (!state) throw new StoreError(messages.runNotFound(runId));
  return state;
}

/** The number of the experiment of a run, for a write. @throws as {@link requireRun}, and INVALID_PARAMETER_VALUE when the run is deleted */
export function* requireActiveRun(context: SqlContext, runId: string): Steps<number> {
  const { lifecycle_stage, experiment_id } = yield* requireRun(context, runId);
  if (lifecycle_stage === "deleted") throw new InvalidInputError(messages.runDeleted(runId));
  return experiment_id;
}

/** Changes status, end time or name of an active run; the name is a tag as well. */
export function* updateRun(
  context: SqlContext,
  runId: string,
  { status, endTime, runName }: { status?: RunStatus; endTime?: number; runName?: string },
): Steps<void> {
  yield* requireActiveRun(context, runId);
  if (runName !== undefined) yield* writeRunTags(context, runId, [{ key: RUN_NAME_TAG, value: runName }]);
  if (status === undefined && endTime === undefined && runName === undefined) return;
  yield* perform(
    context.dialect.db
      .updateTable("runs")
      .set({ status, end_time: endTime, name: runName })
      .where("run_uuid", "=", runId),
  );
}

/** Marks a run deleted, or active again. */
export function* markRun(context: SqlContext, runId: string, stage: LifecycleStage): Steps<void> {
  yield* requireRun(context, runId);
  yield* perform(
    context.dialect.db
      .updateTable("runs")
      .set({ lifecycle_stage: stage, deleted_time: stage === "deleted" ? now() : null })
      .where("run_uuid", "=", runId),
  );
}

/** Sets tags, each key once. The one with the run's name is the caller's to write into the run as well. */
export function* writeRunTags({ dialect }: SqlContext, runId: string, tags: readonly Tag[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "tags",
      columns: ["key", "value", "run_uuid"],
      rows: tags.map(({ key, value }) => [key, value, runId]),
      key: ["key", "run_uuid"],
    }),
  );
}

const tagOf = preparedRows(({ db }, hole) =>
  db.selectFrom("tags").select("value").where("run_uuid", "=", hole(0)).where("key", "=", hole(1)),
);

/** Sets a tag that is not there yet; of several processes one gets `true`. */
export function* claimTag(context: SqlContext, runId: string, { key, value }: Tag): Steps<boolean> {
  const { dialect } = context;
  yield* requireActiveRun(context, runId);
  if ((yield* tagOf(dialect, runId, key)).length > 0) return false;
  // Fails where another process was quicker, and is tried again then.
  yield* perform(dialect.db.insertInto("tags").values({ key, value, run_uuid: runId }));
  return true;
}

/** Removes a tag. @throws RESOURCE_DOES_NOT_EXIST */
export function* deleteTag(context: SqlContext, runId: string, key: string): Steps<void> {
  const { dialect } = context;
  yield* requireActiveRun(context, runId);
  if ((yield* tagOf(dialect, runId, key)).length === 0)
    throw new StoreError(messages.notFound("tag", key, "await getRun(runId) shows the tags that there are."));
  yield* perform(dialect.db.deleteFrom("tags").where("run_uuid", "=", runId).where("key", "=", key));
}
