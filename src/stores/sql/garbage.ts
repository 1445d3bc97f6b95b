import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { DeletedEntity } from "../garbage";
import { type Operations, reads, type SqlContext, writes } from "./context";
import { experimentNumber, stageOf } from "./experiments";
import { perform, rowOf, rowsOf, type Steps } from "./steps";
import { type Tables, WORKSPACE } from "./tables";

/** What is deleted in a database. */
export interface DatabaseGarbage {
  /** Everything in the `deleted` state, each experiment after what is in it. */
  listDeleted(): readonly DeletedEntity[];
  /** Removes the rows of one of them; `false` when it had been restored, or removed, meanwhile. */
  removeDeleted(entity: DeletedEntity): boolean;
}

/** Both as steps on a database. */
export const GARBAGE_OPERATIONS: Operations<DatabaseGarbage> = {
  listDeleted: reads(listDeleted),
  removeDeleted: writes(removeDeleted),
};

/** An experiment is left out while it holds a run that is not deleted. */
function* listDeleted({ dialect }: SqlContext): Steps<readonly DeletedEntity[]> {
  const { db } = dialect;
  const known = db.selectFrom("experiments").where("workspace", "=", WORKSPACE);
  const gone = known.where("lifecycle_stage", "=", "deleted");
  const experiments = yield* rowsOf(gone.selectAll());
  const runs = yield* rowsOf(
    db
      .selectFrom("runs")
      .select(["run_uuid", "name", "experiment_id", "deleted_time", "artifact_uri"])
      .where("lifecycle_stage", "=", "deleted")
      .where("experiment_id", "in", known.select("experiment_id"))
      .orderBy("experiment_id")
      .orderBy("run_uuid"),
  );
  const models = yield* rowsOf(
    db
      .selectFrom("logged_models")
      .selectAll()
      .where("experiment_id", "in", known.select("experiment_id"))
      .where((eb) =>
        eb.or([eb("lifecycle_stage", "=", "deleted"), eb("experiment_id", "in", gone.select("experiment_id"))]),
      )
      .orderBy("experiment_id")
      .orderBy("model_id"),
  );
  const stages = yield* rowsOf(
    db
      .selectFrom("runs")
      .select(["experiment_id", "lifecycle_stage"])
      .distinct()
      .where("experiment_id", "in", gone.select("experiment_id")),
  );
  const occupied = new Set(
    stages.filter((row) => stageOf(row.lifecycle_stage) === "active").map((row) => row.experiment_id),
  );
  const whole = experiments.filter((row) => !occupied.has(row.experiment_id));
  const timeOf = new Map(whole.map((row) => [row.experiment_id, row.last_update_time ?? undefined]));
  return [
    ...runs.map((row) => ({
      kind: "run" as const,
      id: row.run_uuid,
      name: row.name ?? "",
      experimentId: String(row.experiment_id),
      deletedTime: row.deleted_time ?? undefined,
      artifactUri: row.artifact_uri ?? "",
      goesWithExperiment: false,
    })),
    ...models.flatMap((row) => {
      const isOwn = row.lifecycle_stage === "deleted";
      if (!isOwn && !timeOf.has(row.experiment_id)) return [];
      return {
        kind: "logged model" as const,
        id: row.model_id,
        name: row.name,
        experimentId: String(row.experiment_id),
        deletedTime: isOwn ? row.last_updated_timestamp_ms : timeOf.get(row.experiment_id),
        artifactUri: row.artifact_location,
        goesWithExperiment: !isOwn,
      };
    }),
    ...whole.map((row) => ({
      kind: "experiment" as const,
      id: String(row.experiment_id),
      name: row.name,
      experimentId: String(row.experiment_id),
      deletedTime: row.last_update_time ?? undefined,
      artifactUri: row.artifact_location ?? "",
      goesWithExperiment: false,
    })),
  ];
}

function* removeDeleted(context: SqlContext, entity: DeletedEntity): Steps<boolean> {
  if (entity.kind === "run") return yield* removeRun(context, entity.id);
  if (entity.kind === "experiment") return yield* removeExperiment(context, experimentNumber(entity.id));
  return yield* removeModel(context, entity.id);
}

/** Whoever would restore it waits until this transaction is over. */
function* lockRun({ dialect }: SqlContext, runId: string): Steps<boolean> {
  const { db } = dialect;
  const deleted = { lifecycle_stage: "deleted" };
  yield* perform(
    db.updateTable("runs").set(deleted).where("run_uuid", "=", runId).where("lifecycle_stage", "=", "deleted"),
  );
  const found = yield* rowOf(db.selectFrom("runs").select("lifecycle_stage").where("run_uuid", "=", runId));
  return found?.lifecycle_stage === "deleted";
}

function* removeRun(context: SqlContext, runId: string): Steps<boolean> {
  const { db } = context.dialect;
  if (!(yield* lockRun(context, runId))) return false;
  for (const table of ["params", "tags", "metrics", "latest_metrics"] as const)
    yield* perform(db.deleteFrom(table).where("run_uuid", "=", runId));
  yield* perform(db.deleteFrom("logged_model_metrics").where("run_id", "=", runId));
  const isLink = linksOf(runId);
  yield* perform(
    db.deleteFrom("input_tags").where("input_uuid", "in", db.selectFrom("inputs").select("input_uuid").where(isLink)),
  );
  yield* perform(db.deleteFrom("inputs").where(isLink));
  yield* perform(db.deleteFrom("runs").where("run_uuid", "=", runId));
  return true;
}

/** What it read and made. MLflow leaves these rows behind. */
const linksOf =
  (runId: string) =>
  (eb: ExpressionBuilder<Tables, "inputs">): Expression<SqlBool> =>
    eb.or([
      eb.and([eb("destination_type", "=", "RUN"), eb("destination_id", "=", runId)]),
      eb.and([eb("source_type", "in", ["RUN_INPUT", "RUN_OUTPUT"]), eb("source_id", "=", runId)]),
    ]);

const MODEL_TABLES = ["logged_model_metrics", "logged_model_params", "logged_model_tags", "logged_models"] as const;

function* removeModel({ dialect }: SqlContext, modelId: string): Steps<boolean> {
  const { db } = dialect;
  const found = yield* rowOf(
    db
      .selectFrom("logged_models")
      .innerJoin("experiments", "experiments.experiment_id", "logged_models.experiment_id")
      .select(["logged_models.lifecycle_stage as own", "experiments.lifecycle_stage as around"])
      .where("model_id", "=", modelId),
  );
  if (!found || (found.own !== "deleted" && found.around !== "deleted")) return false;
  for (const table of MODEL_TABLES) yield* perform(db.deleteFrom(table).where("model_id", "=", modelId));
  return true;
}

/** Everything that MLflow's schema keeps of an experiment, its traces included, those before that others refer to. */
const EXPERIMENT_TABLES = [
  "sql_trace_rollup_rebuild_queue",
  "sql_trace_metric_daily_rollups",
  "sql_span_cost_daily_rollups",
  "sql_assessment_daily_rollups",
  "trace_info",
  "online_scoring_configs",
  ...MODEL_TABLES,
  "datasets",
  "experiment_tags",
  "experiments",
] as const;

function* removeExperiment({ dialect }: SqlContext, id: number): Steps<boolean> {
  const { db } = dialect;
  const deleted = { lifecycle_stage: "deleted" };
  yield* perform(
    db.updateTable("experiments").set(deleted).where("experiment_id", "=", id).where("lifecycle_stage", "=", "deleted"),
  );
  const found = yield* rowOf(db.selectFrom("experiments").select("lifecycle_stage").where("experiment_id", "=", id));
  const run = yield* rowOf(db.selectFrom("runs").select("run_uuid").where("experiment_id", "=", id).limit(1));
  if (found?.lifecycle_stage !== "deleted" || run) return false;
  for (const table of EXPERIMENT_TABLES) yield* perform(db.deleteFrom(table).where("experiment_id", "=", id));
  return true;
}
