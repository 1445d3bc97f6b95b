import { sql } from "kysely";
import {
  messages,
  type ModelVersion,
  nearest,
  now,
  type Page,
  type RegisteredModel,
  StoreError,
  type Tag,
} from "../../../core";
import * as search from "../../../search";
import type { RegistryStore } from "../../registry-store";
import type { Times } from "../../tracking-store";
import type { SqlContext } from "../context";
import { perform, performAll, rowOf, rowsOf, type Steps } from "../steps";
import { type Tables, WORKSPACE } from "../tables";
import { groupBy, lastOfEach, recordOf, textsOf } from "../texts";
import { newestInStages, readVersions, versionsOfModels } from "./version-reading";

type ModelRow = Tables["registered_models"];
type RegisteredModelHead = Omit<RegisteredModel, "aliases" | "latestVersions">;

/** Makes a registered model. @throws RESOURCE_ALREADY_EXISTS */
export function* createRegisteredModel(
  context: SqlContext,
  name: string,
  { tags = [], description }: { tags?: readonly Tag[]; description?: string } = {},
): Steps<RegisteredModel> {
  yield* requireFreeName(context, name);
  const time = now();
  const row: ModelRow = {
    name,
    creation_time: time,
    last_updated_time: time,
    description: description ?? null,
    workspace: WORKSPACE,
  };
  yield* perform(context.dialect.db.insertInto("registered_models").values(row));
  yield* writeTags(context, name, tags);
  return yield* getRegisteredModel(context, name);
}

function* requireFreeName(context: SqlContext, name: string): Steps<void> {
  if (yield* findRow(context, name)) throw new StoreError(messages.registeredModelExists(name));
}

function* findRow({ dialect }: SqlContext, name: string): Steps<ModelRow | undefined> {
  return yield* rowOf(
    dialect.db.selectFrom("registered_models").selectAll().where("workspace", "=", WORKSPACE).where("name", "=", name),
  );
}

/** The row of a registered model. @throws RESOURCE_DOES_NOT_EXIST */
export function* requireRegisteredModel(context: SqlContext, name: string): Steps<ModelRow> {
  const row = yield* findRow(context, name);
  if (row?.name === name) return row;
  const { db } = context.dialect;
  const known = yield* rowsOf(db.selectFrom("registered_models").select("name").where("workspace", "=", WORKSPACE));
  throw new StoreError(
    messages.registeredModelNotFound(
      name,
      nearest(
        name,
        known.map((row) => row.name),
      ),
    ),
  );
}

/** @throws RESOURCE_DOES_NOT_EXIST */
export function* getRegisteredModel(context: SqlContext, name: string): Steps<RegisteredModel> {
  const row = yield* requireRegisteredModel(context, name);
  return (yield* readModels(context, yield* readHeads(context, [row])))[0] as RegisteredModel;
}

/** Registered models without their versions and aliases: what a search looks at. */
function* readHeads({ dialect }: SqlContext, rows: readonly ModelRow[]): Steps<RegisteredModelHead[]> {
  const names = rows.map((row) => row.name);
  const tags = yield* rowsOf(
    dialect.db
      .selectFrom("registered_model_tags")
      .selectAll()
      .where("workspace", "=", WORKSPACE)
      .where(dialect.isAmong(sql.ref("name"), names))
      .orderBy("key"),
  );
  const tagsOf = groupBy(tags, (tag) => tag.name);
  return rows.map((row) => ({
    name: row.name,
    creationTimestamp: row.creation_time ?? 0,
    lastUpdatedTimestamp: row.last_updated_time ?? 0,
    description: row.description ?? undefined,
    tags: textsOf(tagsOf(row.name)),
  }));
}

function* readModels(context: SqlContext, heads: readonly RegisteredModelHead[]): Steps<RegisteredModel[]> {
  const names = heads.map(({ name }) => name);
  const aliases = yield* readAliases(context, names);
  const versions = yield* readVersions(context, yield* versionsOfModels(context, names));
  const versionsOf = groupBy(versions, (version) => version.name);
  return heads.map((head) => ({
    ...head,
    aliases: aliases(head.name),
    latestVersions: newestInStages(versionsOf(head.name)),
  }));
}

/** The version that each alias of each of these models names. */
function* readAliases(
  { dialect }: SqlContext,
  names: readonly string[],
): Steps<(name: string) => Readonly<Record<string, number>>> {
  const rows = yield* rowsOf(
    dialect.db
      .selectFrom("registered_model_aliases")
      .select(["name", "alias", "version"])
      .where("workspace", "=", WORKSPACE)
      .where(dialect.isAmong(sql.ref("name"), names))
      .orderBy("alias"),
  );
  const aliasesOf = groupBy(rows, (row) => row.name);
  return (name) => recordOf(aliasesOf(name).map(({ alias, version }) => [alias, version]));
}

/** The aliases of one model. */
export function* aliasesOfModel(context: SqlContext, name: string): Steps<Readonly<Record<string, number>>> {
  return (yield* readAliases(context, [name]))(name);
}

/** Those registered models that pass the filter, in order. */
export function* searchRegisteredModels(
  context: SqlContext,
  query: Parameters<RegistryStore["searchRegisteredModels"]>[0],
): Steps<Page<RegisteredModel>> {
  const { db } = context.dialect;
  const rows = yield* rowsOf(db.selectFrom("registered_models").selectAll().where("workspace", "=", WORKSPACE));
  const { items, ...page } = search.searchRegisteredModels(yield* readHeads(context, rows), query);
  return { ...page, items: yield* readModels(context, items) };
}

/** Notes that a registered model has changed, and what. */
export function* touchRegisteredModel(
  { dialect }: SqlContext,
  name: string,
  change: Partial<ModelRow> = {},
): Steps<void> {
  yield* perform(
    dialect.db
      .updateTable("registered_models")
      .set({ last_updated_time: now(), ...change })
      .where("workspace", "=", WORKSPACE)
      .where("name", "=", name),
  );
}

/** Dates a registered model that comes from elsewhere. */
export function* dateRegisteredModel(context: SqlContext, name: string, { created, updated }: Times): Steps<void> {
  const { last_updated_time: before } = yield* requireRegisteredModel(context, name);
  yield* touchRegisteredModel(context, name, { creation_time: created, last_updated_time: updated ?? before });
}

/** Gives a registered model another name; the foreign keys of MLflow's schema take everything along. @throws RESOURCE_ALREADY_EXISTS */
export function* renameRegisteredModel(context: SqlContext, name: string, newName: string): Steps<RegisteredModel> {
  yield* requireRegisteredModel(context, name);
  yield* requireFreeName(context, newName);
  yield* touchRegisteredModel(context, name, { name: newName });
  yield* perform(
    context.dialect.db
      .updateTable("model_versions")
      .set({ last_updated_time: now() })
      .where("workspace", "=", WORKSPACE)
      .where("name", "=", newName),
  );
  return yield* getRegisteredModel(context, newName);
}

/** Describes a registered model anew, or no more. */
export function* updateRegisteredModel(
  context: SqlContext,
  name: string,
  { description }: { description?: string },
): Steps<RegisteredModel> {
  yield* requireRegisteredModel(context, name);
  yield* touchRegisteredModel(context, name, { description: description ?? null });
  return yield* getRegisteredModel(context, name);
}

/** Removes a registered model for good, with all its versions. */
export function* deleteRegisteredModel(context: SqlContext, name: string): Steps<void> {
  yield* requireRegisteredModel(context, name);
  const { db } = context.dialect;
  const tables = [
    "model_version_tags",
    "model_versions",
    "registered_model_aliases",
    "registered_model_tags",
    "registered_models",
  ] as const;
  for (const table of tables)
    yield* perform(db.deleteFrom(table).where("workspace", "=", WORKSPACE).where("name", "=", name));
}

function* writeTags({ dialect }: SqlContext, name: string, tags: readonly Tag[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "registered_model_tags",
      columns: ["workspace", "key", "value", "name"],
      rows: lastOfEach(tags, ({ key }) => key).map(({ key, value }) => [WORKSPACE, key, value, name]),
      key: ["workspace", "key", "name"],
    }),
  );
}

/** Sets a tag. */
export function* setRegisteredModelTag(context: SqlContext, name: string, tag: Tag): Steps<void> {
  yield* requireRegisteredModel(context, name);
  yield* writeTags(context, name, [tag]);
  yield* touchRegisteredModel(context, name);
}

/** Removes a tag, if it is there. */
export function* deleteRegisteredModelTag(context: SqlContext, name: string, key: string): Steps<void> {
  yield* requireRegisteredModel(context, name);
  const tags = context.dialect.db.deleteFrom("registered_model_tags").where("workspace", "=", WORKSPACE);
  yield* perform(tags.where("name", "=", name).where("key", "=", key));
  yield* touchRegisteredModel(context, name);
}

/** The newest version in each of these stages that has one. */
export function* getLatestVersions(
  context: SqlContext,
  name: string,
  stages?: Parameters<RegistryStore["getLatestVersions"]>[1],
): Steps<readonly ModelVersion[]> {
  yield* requireRegisteredModel(context, name);
  return newestInStages(yield* readVersions(context, yield* versionsOfModels(context, [name])), stages);
}
