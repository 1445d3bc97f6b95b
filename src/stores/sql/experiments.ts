import { sql } from "kysely";
import {
  type Experiment,
  InvalidInputError,
  type LifecycleStage,
  messages,
  now,
  type Page,
  StoreError,
  type Tag,
  type ViewType,
} from "../../core";
import * as search from "../../search";
import type { Times } from "../tracking-store";
import { absoluteLocation } from "../absolute-location";
import type { SqlContext } from "./context";
import { perform, performAll, rowOf, rowsOf, type Steps } from "./steps";
import { type Tables, WORKSPACE } from "./tables";
import { groupBy, lastOfEach, textsOf } from "./texts";

/** MLflow's experiment that is always there. */
const DEFAULT_EXPERIMENT = { experimentId: "0", name: "Default" } as const;

type ExperimentRow = Omit<Tables["experiments"], "experiment_id"> & { experiment_id: number };

/** The number that is an experiment's id; -1, which none has, for a text that can be none. */
export function experimentNumber(experimentId: string): number {
  const number = /^\d{1,10}$/.test(experimentId) ? Number(experimentId) : -1;
  return number <= 2_147_483_647 ? number : -1;
}

/** Makes an experiment; its id. @throws RESOURCE_ALREADY_EXISTS, for the name of a deleted one as well */
export function* createExperiment(
  context: SqlContext,
  name: string,
  { artifactLocation, tags = [] }: { artifactLocation?: string; tags?: readonly Tag[] } = {},
): Steps<string> {
  const { db } = context.dialect;
  yield* requireFreeName(context, name);
  const time = now();
  yield* perform(
    db.insertInto("experiments").values({
      name,
      artifact_location: artifactLocation ? absoluteLocation(artifactLocation) : "",
      lifecycle_stage: "active",
      creation_time: time,
      last_update_time: time,
      workspace: WORKSPACE,
    }),
  );
  const made = (yield* rowNamed(context, name)) as ExperimentRow;
  const experimentId = String(made.experiment_id);
  if (!artifactLocation)
    yield* changeExperiment(context, made.experiment_id, { artifact_location: locationOf(context, experimentId) });
  yield* writeTags(context, made.experiment_id, tags);
  return experimentId;
}

/** Where an experiment keeps its artifacts when it does not say. */
export const locationOf = ({ artifactRoot }: SqlContext, experimentId: string): string =>
  `${artifactRoot.replace(/\/+$/, "")}/${experimentId}`;

/** Makes the default experiment in a database that has none at all, as MLflow does when it opens one. */
export function* ensureDefaultExperiment(context: SqlContext): Steps<void> {
  const { dialect } = context;
  const known = yield* rowOf(dialect.db.selectFrom("experiments").select("experiment_id").limit(1));
  if (known) return;
  const { experimentId, name } = DEFAULT_EXPERIMENT;
  const time = now();
  const row = {
    experiment_id: 0,
    name,
    artifact_location: locationOf(context, experimentId),
    lifecycle_stage: "active",
    creation_time: time,
    last_update_time: time,
    workspace: WORKSPACE,
  };
  yield* performAll(
    dialect.insertMissing({
      table: "experiments",
      columns: Object.keys(row),
      rows: [Object.values(row)],
      key: ["experiment_id"],
    }),
  );
}

function* requireFreeName(context: SqlContext, name: string): Steps<void> {
  const taken = yield* rowNamed(context, name);
  if (taken) throw new StoreError(messages.experimentExists(name, taken.lifecycle_stage === "deleted"));
}

function* rowNamed({ dialect }: SqlContext, name: string): Steps<ExperimentRow | undefined> {
  const named = dialect.db.selectFrom("experiments").selectAll().where("name", "=", name);
  const found = yield* rowsOf(named.where("workspace", "=", WORKSPACE));
  // MySQL finds names of another case as well.
  return found.find((row) => row.name === name) ?? found[0];
}

function* rowWithId({ dialect }: SqlContext, experimentId: string): Steps<ExperimentRow | undefined> {
  const number = experimentNumber(experimentId);
  if (number < 0) return undefined;
  return yield* rowOf(dialect.db.selectFrom("experiments").selectAll().where("experiment_id", "=", number));
}

/** The experiments of these rows, with their tags. */
function* withTags({ dialect }: SqlContext, rows: readonly ExperimentRow[]): Steps<Experiment[]> {
  const ids = rows.map((row) => row.experiment_id);
  const tags = yield* rowsOf(
    dialect.db
      .selectFrom("experiment_tags")
      .selectAll()
      .where(dialect.isAmong(sql.ref("experiment_id"), ids))
      .orderBy("key"),
  );
  const tagsOf = groupBy(tags, (tag) => tag.experiment_id);
  return rows.map((row) => ({
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactLocation: row.artifact_location ?? "",
    lifecycleStage: stageOf(row.lifecycle_stage),
    creationTime: row.creation_time ?? undefined,
    lastUpdateTime: row.last_update_time ?? undefined,
    tags: textsOf(tagsOf(row.experiment_id)),
  }));
}

/** The life-cycle stage in a row. */
export const stageOf = (stage: string | null): LifecycleStage => (stage === "deleted" ? "deleted" : "active");

/** @throws RESOURCE_DOES_NOT_EXIST */
export function* getExperiment(context: SqlContext, experimentId: string): Steps<Experiment> {
  const row = yield* rowWithId(context, experimentId);
  if (!row) throw new StoreError(messages.experimentNotFound(experimentId));
  return (yield* withTags(context, [row]))[0] as Experiment;
}

/** The experiment with a name, deleted or not. */
export function* getExperimentByName(context: SqlContext, name: string): Steps<Experiment | undefined> {
  const row = yield* rowNamed(context, name);
  return row && row.name === name ? (yield* withTags(context, [row]))[0] : undefined;
}

/** Those experiments of a view that pass the filter, in order. */
export function* searchExperiments(
  context: SqlContext,
  { viewType = "ACTIVE_ONLY", ...query }: search.SearchOptions,
): Steps<Page<Experiment>> {
  const { db } = context.dialect;
  const all = db.selectFrom("experiments").selectAll().where("workspace", "=", WORKSPACE);
  const rows = yield* rowsOf(viewType === "ALL" ? all : all.where("lifecycle_stage", "=", stageIn(viewType)));
  return search.searchExperiments(yield* withTags(context, rows), query);
}

/** The stage that a view shows. */
export const stageIn = (viewType: Exclude<ViewType, "ALL">): LifecycleStage =>
  viewType === "DELETED_ONLY" ? "deleted" : "active";

/** The experiment with an id, for a write. @throws RESOURCE_DOES_NOT_EXIST, or INVALID_PARAMETER_VALUE when it is deleted */
export function* requireActiveExperiment(context: SqlContext, experimentId: string): Steps<ExperimentRow> {
  const row = yield* rowWithId(context, experimentId);
  if (!row) throw new StoreError(messages.experimentNotFound(experimentId));
  if (row.lifecycle_stage === "deleted")
    throw new InvalidInputError(messages.experimentDeleted(row.name, experimentId));
  return row;
}

function* changeExperiment(
  { dialect }: SqlContext,
  id: number,
  change: Partial<Omit<ExperimentRow, "experiment_id">>,
): Steps<void> {
  yield* perform(dialect.db.updateTable("experiments").set(change).where("experiment_id", "=", id));
}

/** Gives an active experiment another name. */
export function* renameExperiment(context: SqlContext, experimentId: string, name: string): Steps<void> {
  const { experiment_id } = yield* requireActiveExperiment(context, experimentId);
  yield* requireFreeName(context, name);
  yield* changeExperiment(context, experiment_id, { name, last_update_time: now() });
}

/** Marks an active experiment deleted, and its runs. */
export function* deleteExperiment(context: SqlContext, experimentId: string): Steps<void> {
  if (experimentNumber(experimentId) === Number(DEFAULT_EXPERIMENT.experimentId))
    throw new InvalidInputError(messages.defaultExperiment());
  yield* moveTo(context, experimentId, "deleted");
}

/** Marks a deleted experiment active again, and its runs. */
export function* restoreExperiment(context: SqlContext, experimentId: string): Steps<void> {
  yield* moveTo(context, experimentId, "active");
}

function* moveTo(context: SqlContext, experimentId: string, stage: LifecycleStage): Steps<void> {
  const row = yield* rowWithId(context, experimentId);
  const before = stage === "deleted" ? "active" : "deleted";
  if (!row || stageOf(row.lifecycle_stage) !== before)
    throw new StoreError(
      messages.notFound(
        `${before} experiment`,
        experimentId,
        'await searchExperiments({ viewType: "ALL" }) shows which there are and their lifecycleStage.',
      ),
    );
  const time = now();
  yield* changeExperiment(context, row.experiment_id, { lifecycle_stage: stage, last_update_time: time });
  yield* perform(
    context.dialect.db
      .updateTable("runs")
      .set({ lifecycle_stage: stage, deleted_time: stage === "deleted" ? time : null })
      .where("experiment_id", "=", row.experiment_id)
      .where("lifecycle_stage", "=", before),
  );
}

/** Dates an experiment that comes from elsewhere, deleted or not. */
export function* dateExperiment(context: SqlContext, experimentId: string, { created, updated }: Times): Steps<void> {
  if (created === undefined && updated === undefined) return;
  const change = { creation_time: created, last_update_time: updated };
  yield* changeExperiment(context, experimentNumber(experimentId), change);
}

/** Sets a tag of an active experiment. */
export function* setExperimentTag(context: SqlContext, experimentId: string, tag: Tag): Steps<void> {
  const { experiment_id } = yield* requireActiveExperiment(context, experimentId);
  yield* writeTags(context, experiment_id, [tag]);
}

function* writeTags({ dialect }: SqlContext, id: number, tags: readonly Tag[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "experiment_tags",
      columns: ["key", "value", "experiment_id"],
      rows: lastOfEach(tags, ({ key }) => key).map(({ key, value }) => [key, value, id]),
      key: ["key", "experiment_id"],
    }),
  );
}

/** Removes a tag of an active experiment. @throws RESOURCE_DOES_NOT_EXIST when it has none of that name */
export function* deleteExperimentTag(context: SqlContext, experimentId: string, key: string): Steps<void> {
  const { db } = context.dialect;
  const { experiment_id } = yield* requireActiveExperiment(context, experimentId);
  const tags = db.selectFrom("experiment_tags").select("key").where("experiment_id", "=", experiment_id);
  if (!(yield* rowOf(tags.where("key", "=", key))))
    throw new StoreError(
      messages.notFound("tag", key, "await getExperiment(experimentId) shows the tags that there are."),
    );
  const gone = db.deleteFrom("experiment_tags").where("experiment_id", "=", experiment_id);
  yield* perform(gone.where("key", "=", key));
}
