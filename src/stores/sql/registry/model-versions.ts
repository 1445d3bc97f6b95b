import {
  InvalidInputError,
  messages,
  type ModelVersion,
  type ModelVersionStage,
  nearest,
  now,
  type Page,
  StoreError,
  type Tag,
} from "../../../core";
import * as search from "../../../search";
import type { NewModelVersion, RegistryStore } from "../../registry-store";
import type { Times } from "../../tracking-store";
import type { SqlContext } from "../context";
import { perform, performAll, rowOf, type Steps } from "../steps";
import { WORKSPACE } from "../tables";
import { lastOfEach } from "../texts";
import { aliasesOfModel, requireRegisteredModel, touchRegisteredModel } from "./registered-models";
import { DELETED_STAGE, readVersions, type VersionRow, versionsOfModels } from "./version-reading";

/** Makes the next version of a registered model. */
export function* createModelVersion(context: SqlContext, name: string, options: NewModelVersion): Steps<ModelVersion> {
  const { db } = context.dialect;
  // First: on servers the others that add one wait here, and do not all come upon the same number.
  const time = now();
  yield* touchRegisteredModel(context, name, { last_updated_time: time });
  yield* requireRegisteredModel(context, name);
  const highest = yield* rowOf(
    db
      .selectFrom("model_versions")
      .select((eb) => eb.fn.max("version").as("version"))
      .where("workspace", "=", WORKSPACE)
      .where("name", "=", name),
  );
  const version = Number(highest?.version ?? 0) + 1;
  yield* perform(
    db.insertInto("model_versions").values({
      name,
      version,
      creation_time: time,
      last_updated_time: time,
      description: options.description ?? null,
      user_id: null,
      current_stage: "None",
      source: options.source,
      run_id: options.runId ?? null,
      status: "READY",
      status_message: null,
      run_link: options.runLink ?? null,
      storage_location: options.storageLocation ?? options.source,
      workspace: WORKSPACE,
    }),
  );
  yield* writeTags(context, name, version, options.tags ?? []);
  // Again: it is as new as its newest version.
  yield* touchRegisteredModel(context, name);
  return yield* getModelVersion(context, name, version);
}

/** The row of a version. @throws RESOURCE_DOES_NOT_EXIST, for a deleted one as well */
function* requireVersion(context: SqlContext, name: string, version: number): Steps<VersionRow> {
  yield* requireRegisteredModel(context, name);
  const found = isVersionNumber(version)
    ? yield* rowOf(
        context.dialect.db
          .selectFrom("model_versions")
          .selectAll()
          .where("workspace", "=", WORKSPACE)
          .where("name", "=", name)
          .where("version", "=", version)
          .where("current_stage", "!=", DELETED_STAGE),
      )
    : undefined;
  if (!found) throw new StoreError(messages.modelVersionNotFound(name, version));
  return found;
}

const isVersionNumber = (version: number): boolean =>
  Number.isSafeInteger(version) && version > 0 && version <= 2_147_483_647;

/** @throws RESOURCE_DOES_NOT_EXIST */
export function* getModelVersion(context: SqlContext, name: string, version: number): Steps<ModelVersion> {
  const row = yield* requireVersion(context, name, version);
  return (yield* readVersions(context, [row]))[0] as ModelVersion;
}

/** Where the version's files are. */
export function* getModelVersionDownloadUri(context: SqlContext, name: string, version: number): Steps<string> {
  const { storage_location, source } = yield* requireVersion(context, name, version);
  return storage_location || source || "";
}

/** Those versions that pass the filter, in order. */
export function* searchModelVersions(
  context: SqlContext,
  query: Parameters<RegistryStore["searchModelVersions"]>[0],
): Steps<Page<ModelVersion>> {
  const rows = yield* versionsOfModels(context, search.modelNamesIn(query.filter));
  return search.searchModelVersions(yield* readVersions(context, rows), query);
}

function* changeVersion(
  { dialect }: SqlContext,
  name: string,
  version: number,
  change: Partial<VersionRow>,
): Steps<void> {
  yield* perform(
    dialect.db
      .updateTable("model_versions")
      .set({ last_updated_time: now(), ...change })
      .where("workspace", "=", WORKSPACE)
      .where("name", "=", name)
      .where("version", "=", version),
  );
}

/** Dates a version that comes from elsewhere. */
export function* dateModelVersion(
  context: SqlContext,
  name: string,
  version: number,
  { created, updated }: Times,
): Steps<void> {
  const { last_updated_time: before } = yield* requireVersion(context, name, version);
  yield* changeVersion(context, name, version, { creation_time: created, last_updated_time: updated ?? before });
}

/** Describes a version anew, or no more. */
export function* updateModelVersion(
  context: SqlContext,
  name: string,
  version: number,
  { description }: { description?: string },
): Steps<ModelVersion> {
  yield* requireVersion(context, name, version);
  yield* changeVersion(context, name, version, { description: description ?? null });
  return yield* getModelVersion(context, name, version);
}

/** Moves a version to a stage; the other ones in it are archived when that is asked for. */
export function* transitionModelVersionStage(
  context: SqlContext,
  name: string,
  version: number,
  stage: ModelVersionStage,
  { archiveExistingVersions = false }: { archiveExistingVersions?: boolean } = {},
): Steps<ModelVersion> {
  yield* requireVersion(context, name, version);
  const others = archiveExistingVersions ? yield* versionsOfModels(context, [name]) : [];
  for (const other of others)
    if (other.version !== version && other.current_stage === stage)
      yield* changeVersion(context, name, other.version, { current_stage: "Archived" });
  yield* changeVersion(context, name, version, { current_stage: stage });
  yield* touchRegisteredModel(context, name);
  return yield* getModelVersion(context, name, version);
}

/** Marks a version deleted, as MLflow does: what it said is blotted out, its aliases go with it. */
export function* deleteModelVersion(context: SqlContext, name: string, version: number): Steps<void> {
  yield* requireVersion(context, name, version);
  const aliases = context.dialect.db.deleteFrom("registered_model_aliases").where("workspace", "=", WORKSPACE);
  yield* perform(aliases.where("name", "=", name).where("version", "=", version));
  yield* changeVersion(context, name, version, {
    current_stage: DELETED_STAGE,
    description: null,
    user_id: null,
    source: "REDACTED-SOURCE-PATH",
    run_id: "REDACTED-RUN-ID",
    run_link: "REDACTED-RUN-LINK",
    status_message: null,
  });
  yield* touchRegisteredModel(context, name);
}

function* writeTags({ dialect }: SqlContext, name: string, version: number, tags: readonly Tag[]): Steps<void> {
  yield* performAll(
    dialect.upsert({
      table: "model_version_tags",
      columns: ["workspace", "key", "value", "name", "version"],
      rows: lastOfEach(tags, ({ key }) => key).map(({ key, value }) => [WORKSPACE, key, value, name, version]),
      key: ["workspace", "key", "name", "version"],
    }),
  );
}

/** Sets a tag. */
export function* setModelVersionTag(context: SqlContext, name: string, version: number, tag: Tag): Steps<void> {
  yield* requireVersion(context, name, version);
  yield* writeTags(context, name, version, [tag]);
  yield* touchRegisteredModel(context, name);
}

/** Removes a tag, if it is there. */
export function* deleteModelVersionTag(context: SqlContext, name: string, version: number, key: string): Steps<void> {
  yield* requireVersion(context, name, version);
  const tags = context.dialect.db.deleteFrom("model_version_tags").where("workspace", "=", WORKSPACE);
  yield* perform(tags.where("name", "=", name).where("version", "=", version).where("key", "=", key));
  yield* touchRegisteredModel(context, name);
}

/** Lets an alias name a version. */
export function* setRegisteredModelAlias(
  context: SqlContext,
  name: string,
  alias: string,
  version: number,
): Steps<void> {
  yield* requireVersion(context, name, version);
  yield* performAll(
    context.dialect.upsert({
      table: "registered_model_aliases",
      columns: ["workspace", "name", "alias", "version"],
      rows: [[WORKSPACE, name, alias, version]],
      key: ["workspace", "name", "alias"],
    }),
  );
  yield* touchRegisteredModel(context, name);
}

/** Removes an alias, if it is there. */
export function* deleteRegisteredModelAlias(context: SqlContext, name: string, alias: string): Steps<void> {
  yield* requireRegisteredModel(context, name);
  const aliases = context.dialect.db.deleteFrom("registered_model_aliases").where("workspace", "=", WORKSPACE);
  yield* perform(aliases.where("name", "=", name).where("alias", "=", alias));
  yield* touchRegisteredModel(context, name);
}

/** The version that an alias names; `latest` is the highest. @throws INVALID_PARAMETER_VALUE for an alias that names none */
export function* getModelVersionByAlias(context: SqlContext, name: string, alias: string): Steps<ModelVersion> {
  yield* requireRegisteredModel(context, name);
  if (alias.toLowerCase() === "latest") {
    const newest = (yield* versionsOfModels(context, [name])).at(-1);
    if (!newest) throw new StoreError(messages.noVersions(name));
    return (yield* readVersions(context, [newest]))[0] as ModelVersion;
  }
  const aliases = yield* aliasesOfModel(context, name);
  const version = search.ownValue(aliases, alias);
  if (version !== undefined) return yield* getModelVersion(context, name, version);
  const known = Object.keys(aliases).sort();
  throw new InvalidInputError(messages.aliasNotFound(name, alias, known, nearest(alias, known)));
}
