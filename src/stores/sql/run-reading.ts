import { sql } from "kysely";
import { type Metric, messages, type RunEntity, type RunInfo, type RunStatus, StoreError } from "../../core";
import type { SqlContext } from "./context";
import { stageOf } from "./experiments";
import { readInputsAndOutputs } from "./inputs";
import { numberOf } from "./points";
import { rowsOf, type Steps } from "./steps";
import type { Tables } from "./tables";
import { groupBy, recordOf, textsOf } from "./texts";

/** Everything about a run. @throws RESOURCE_DOES_NOT_EXIST */
export function* getRun(context: SqlContext, runId: string): Steps<RunEntity> {
  const [run] = yield* readRuns(context, [runId]);
  if (!run) throw new StoreError(messages.runNotFound(runId));
  return run;
}

/** Everything about those of the runs that there are, in their order. */
export function* readRuns(context: SqlContext, ids: readonly string[]): Steps<RunEntity[]> {
  if (ids.length === 0) return [];
  const { dialect } = context;
  const { db } = dialect;
  const found = yield* rowsOf(
    db
      .selectFrom("runs")
      .selectAll()
      .where(dialect.isAmong(sql.ref("run_uuid"), ids)),
  );
  if (found.length === 0) return [];
  const rowOf = new Map(found.map((row) => [row.run_uuid, row]));
  const rows = ids.flatMap((id) => rowOf.get(id) ?? []);
  const latest = yield* rowsOf(
    db
      .selectFrom("latest_metrics")
      .selectAll()
      .where(dialect.isAmong(sql.ref("run_uuid"), ids))
      .orderBy("key"),
  );
  const params = yield* rowsOf(
    db
      .selectFrom("params")
      .selectAll()
      .where(dialect.isAmong(sql.ref("run_uuid"), ids))
      .orderBy("key"),
  );
  const tags = yield* rowsOf(
    db
      .selectFrom("tags")
      .selectAll()
      .where(dialect.isAmong(sql.ref("run_uuid"), ids))
      .orderBy("key"),
  );
  const usedBy = yield* readInputsAndOutputs(context, ids);
  const latestOf = groupBy(latest, (row) => row.run_uuid);
  const paramsOf = groupBy(params, (row) => row.run_uuid);
  const tagsOf = groupBy(tags, (row) => row.run_uuid);
  return rows.map((row) => {
    const runId = row.run_uuid;
    const latestMetrics = latestOf(runId).map(
      (point): Metric => ({
        key: point.key,
        value: numberOf(point),
        timestamp: point.timestamp ?? 0,
        step: point.step,
        runId,
      }),
    );
    return {
      info: infoOf(row),
      data: {
        params: textsOf(paramsOf(runId)),
        metrics: recordOf(latestMetrics.map(({ key, value }) => [key, value])),
        tags: textsOf(tagsOf(runId)),
        latestMetrics,
      },
      ...usedBy(runId),
    };
  });
}

const infoOf = (row: Tables["runs"]): RunInfo => ({
  runId: row.run_uuid,
  runName: row.name ?? "",
  experimentId: String(row.experiment_id),
  userId: row.user_id ?? "",
  status: (row.status ?? "RUNNING") as RunStatus,
  startTime: row.start_time ?? 0,
  endTime: row.end_time ?? undefined,
  artifactUri: row.artifact_uri ?? "",
  lifecycleStage: stageOf(row.lifecycle_stage),
});
