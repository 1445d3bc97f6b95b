import { sql } from "kysely";
import { InvalidInputError, messages, type Param, type Tag } from "../../core";
import type { Batch } from "../tracking-store";
import type { SqlContext } from "./context";
import { insertModelPoints, insertPoints, requireLoggedModels } from "./points";
import { RUN_NAME_TAG, requireActiveRun, writeRunTags } from "./runs";
import { perform, performAll, rowsOf, type Steps } from "./steps";
import { lastOfEach } from "./texts";

/** Appends metrics, adds params and sets tags of an active run: all of them or, when it throws, none. */
export function* logBatch(
  context: SqlContext,
  runId: string,
  { params = [], metrics = [], tags = [] }: Batch,
): Steps<void> {
  const experimentId = yield* requireActiveRun(context, runId);
  if (params.length > 0) yield* addParams(context, runId, params);
  if (metrics.length > 0) {
    yield* requireLoggedModels(context, metrics);
    yield* insertPoints(context, runId, metrics);
    yield* insertModelPoints(context, runId, experimentId, metrics);
  }
  if (tags.length > 0) yield* setTags(context, runId, tags);
}

function* addParams(context: SqlContext, runId: string, params: readonly Param[]): Steps<void> {
  const { dialect } = context;
  const known = new Map<string, string>();
  const keys = params.map(({ key }) => key);
  const there = dialect.db.selectFrom("params").select(["key", "value"]).where("run_uuid", "=", runId);
  for (const { key, value } of yield* rowsOf(there.where(dialect.isAmong(sql.ref("key"), keys)))) known.set(key, value);
  const missing: Param[] = [];
  for (const param of params) {
    const old = known.get(param.key);
    if (old === undefined) missing.push(param);
    else if (old !== param.value)
      throw new InvalidInputError(messages.paramChanged(param.key, runId, old, param.value));
    known.set(param.key, param.value);
  }
  yield* performAll(
    // Where another process was quicker this fails, is tried again, and finds what that one has written.
    dialect.insert({
      table: "params",
      columns: ["key", "value", "run_uuid"],
      rows: missing.map(({ key, value }) => [key, value, runId]),
      key: ["key", "run_uuid"],
    }),
  );
}

function* setTags(context: SqlContext, runId: string, tags: readonly Tag[]): Steps<void> {
  const last = lastOfEach(tags, ({ key }) => key);
  yield* writeRunTags(context, runId, last);
  const name = last.find(({ key }) => key === RUN_NAME_TAG)?.value;
  if (name !== undefined)
    yield* perform(context.dialect.db.updateTable("runs").set({ name }).where("run_uuid", "=", runId));
}
