import { sql } from "kysely";
import {
  MODEL_VERSION_STAGES,
  type ModelVersion,
  type ModelVersionStage,
  type ModelVersionStatus,
} from "../../../core";
import type { SqlContext } from "../context";
import { rowsOf, type Steps } from "../steps";
import { type Tables, WORKSPACE } from "../tables";
import { groupBy, textsOf } from "../texts";

/** The `current_stage` of a deleted version: its row stays, so that its number is not given again. */
export const DELETED_STAGE = "Deleted_Internal";

/** A version as its row holds it. */
export type VersionRow = Tables["model_versions"];

/** The rows of all versions of these models (of all models when left out), without deleted ones. */
export function* versionsOfModels({ dialect }: SqlContext, names?: readonly string[]): Steps<readonly VersionRow[]> {
  const all = dialect.db
    .selectFrom("model_versions")
    .selectAll()
    .where("workspace", "=", WORKSPACE)
    .where("current_stage", "!=", DELETED_STAGE)
    .orderBy("name")
    .orderBy("version");
  return yield* rowsOf(names === undefined ? all : all.where(dialect.isAmong(sql.ref("name"), names)));
}

/** The versions of these rows, with their tags and aliases. */
export function* readVersions({ dialect }: SqlContext, rows: readonly VersionRow[]): Steps<ModelVersion[]> {
  if (rows.length === 0) return [];
  const { db } = dialect;
  const isOfOne = dialect.isAmong(sql.ref("name"), [...new Set(rows.map((row) => row.name))]);
  const tags = yield* rowsOf(
    db.selectFrom("model_version_tags").selectAll().where("workspace", "=", WORKSPACE).where(isOfOne).orderBy("key"),
  );
  const aliases = yield* rowsOf(
    db
      .selectFrom("registered_model_aliases")
      .selectAll()
      .where("workspace", "=", WORKSPACE)
      .where(isOfOne)
      .orderBy("alias"),
  );
  const addressOf = ({ name, version }: { readonly name: string; readonly version: number }) => `${version} ${name}`;
  const tagsOf = groupBy(tags, addressOf);
  const aliasesOf = groupBy(aliases, addressOf);
  return rows.map((row) => ({
    name: row.name,
    version: row.version,
    creationTimestamp: row.creation_time ?? 0,
    lastUpdatedTimestamp: row.last_updated_time ?? 0,
    userId: row.user_id ?? undefined,
    currentStage: (row.current_stage ?? "None") as ModelVersionStage,
    description: row.description ?? undefined,
    source: row.source ?? "",
    runId: row.run_id ?? undefined,
    runLink: row.run_link ?? undefined,
    status: (row.status ?? "READY") as ModelVersionStatus,
    statusMessage: row.status_message ?? undefined,
    tags: textsOf(tagsOf(addressOf(row))),
    aliases: aliasesOf(addressOf(row))
      .map(({ alias }) => alias)
      .sort(),
    // MLflow keeps no column for it.
    modelId: /^models:\/+(m-[^/]+)$/.exec(row.source ?? "")?.[1],
  }));
}

/** The newest of the versions in each stage, in the order of the stages. */
export function newestInStages(
  versions: readonly ModelVersion[],
  stages: readonly ModelVersionStage[] = MODEL_VERSION_STAGES,
): ModelVersion[] {
  return [...new Set(stages)].flatMap((stage) =>
    versions
      .filter(({ currentStage }) => currentStage === stage)
      .sort((a, b) => b.version - a.version)
      .slice(0, 1),
  );
}
