import type { ModelVersion, RegisteredModel } from "../../core";
import { quoted } from "../../search";
import type { AnyRegistryStore } from "../../stores";
import { allOf, givesOwnIds, holds, type MigrationState, relocated, toList } from "./migration-state";
import { count } from "./tally";

/** Carries over every registered model with its versions, their numbers, tags, aliases and stages. */
export async function migrateRegistry(
  state: MigrationState,
  source: AnyRegistryStore,
  target: AnyRegistryStore,
): Promise<void> {
  const search = (filter?: string) =>
    allOf(async (pageToken) => source.searchRegisteredModels({ filter, pageToken, maxResults: 1000 }));
  const models = [...(await search()), ...(await search("tags.`mlflow.prompt.is_prompt` = 'true'"))];
  const waiting = new Map<string, Registered>();
  for (const model of models) waiting.set(model.name, { model, versions: await versionsOf(source, model.name) });
  while (waiting.size > 0) {
    const all = [...waiting.values()];
    const ready = all.filter(({ model, versions }) =>
      versions.every((version) => origin(version) === model.name || !waiting.has(origin(version))),
    );
    // Those that are copies of each other come as they are.
    for (const registered of ready.length > 0 ? ready : all) {
      await migrateModel(state, source, target, registered);
      waiting.delete(registered.model.name);
    }
  }
}

interface Registered {
  readonly model: RegisteredModel;
  readonly versions: readonly ModelVersion[];
}

/** The registered model that a version is a copy from: a server wants it to be there. */
const origin = (version: ModelVersion): string => /^models:\/+([^/@]+)[/@]/.exec(version.source)?.[1] ?? "";

async function migrateModel(
  state: MigrationState,
  source: AnyRegistryStore,
  target: AnyRegistryStore,
  { model, versions: found }: Registered,
): Promise<void> {
  const { name, description, tags, aliases } = model;
  try {
    await target.createRegisteredModel(name, { description, tags: toList(tags) });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "RESOURCE_ALREADY_EXISTS") throw error;
    for (const tag of toList(tags)) await target.setRegisteredModelTag(name, tag);
    if (description !== undefined) await target.updateRegisteredModel(name, { description });
  }
  const versions = [...found].sort((a, b) => a.version - b.version);
  const there = byNumber(await versionsOf(target, name));
  for (const version of versions) {
    const twin = there.get(version.version);
    if (twin) await completeVersion(target, version, twin);
    else await addVersion(state, source, target, version);
  }
  const arrived = byNumber(await versionsOf(target, name));
  for (const [alias, version] of Object.entries(aliases))
    if (arrived.has(version)) await target.setRegisteredModelAlias(name, alias, version);
  await target.dateRegisteredModel?.(name, { created: model.creationTimestamp, updated: model.lastUpdatedTimestamp });
  const whole = await target.getRegisteredModel(name);
  const isWhole = isDescribed(whole, model) && holds(whole.aliases, aliases);
  count(state.tally, "registered models", 1, isWhole ? 1 : 0);
  const alike = versions.filter((version) => isAlike(arrived.get(version.version), version));
  count(state.tally, "model versions", versions.length, alike.length);
}

const byNumber = (versions: readonly ModelVersion[]): ReadonlyMap<number, ModelVersion> =>
  new Map(versions.map((version) => [version.version, version]));

type Described = Pick<ModelVersion, "description" | "tags">;

const isDescribed = (found: Described, wanted: Described): boolean =>
  (found.description ?? "") === (wanted.description ?? "") && holds(found.tags, wanted.tags);

const isAlike = (found: ModelVersion | undefined, wanted: ModelVersion): boolean =>
  found !== undefined && found.currentStage === wanted.currentStage && isDescribed(found, wanted);

/** Gives a version that is there already what it lacks: a migration may have been interrupted before. */
async function completeVersion(target: AnyRegistryStore, version: ModelVersion, twin: ModelVersion): Promise<void> {
  const { name, version: number, description, currentStage, tags } = version;
  for (const tag of toList(tags))
    if (!holds(twin.tags, { [tag.key]: tag.value })) await target.setModelVersionTag(name, number, tag);
  if (description !== undefined && twin.description !== description)
    await target.updateModelVersion(name, number, { description });
  if (twin.currentStage !== currentStage) await target.transitionModelVersionStage(name, number, currentStage);
  await target.dateModelVersion?.(name, number, timesOf(version));
}

const timesOf = ({ creationTimestamp, lastUpdatedTimestamp }: ModelVersion) => ({
  created: creationTimestamp,
  updated: lastUpdatedTimestamp,
});

const versionsOf = (registry: AnyRegistryStore, name: string): Promise<ModelVersion[]> => {
  const named = `name = ${quoted(name)}`;
  const search = (filter: string) =>
    allOf(async (pageToken) => registry.searchModelVersions({ filter, pageToken, maxResults: 10_000 }));
  return Promise.all([search(named), search(`${named} AND tags.\`mlflow.prompt.is_prompt\` = 'true'`)]).then((found) =>
    found.flat(),
  );
};

const UNREACHABLE: ReadonlySet<unknown> = new Set(["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"]);

/** Adds a version under its own number: numbers of deleted ones before it are taken and given up. */
async function addVersion(
  state: MigrationState,
  source: AnyRegistryStore,
  target: AnyRegistryStore,
  version: ModelVersion,
): Promise<void> {
  const { name, description, runId, runLink, tags, currentStage, modelId } = version;
  const place = await source.getModelVersionDownloadUri(name, version.version);
  const options = {
    source: relocated(state, version.source),
    storageLocation: relocated(state, place),
    runId: runId && (state.runs.get(runId) ?? runId),
    runLink,
    description,
    tags: toList(tags),
    modelId: modelId && (state.models.get(modelId) ?? modelId),
    // A server takes them from the version that this one is a copy of, and refuses others.
    ...(givesOwnIds(state.target) && origin(version) !== "" && { runId: undefined, modelId: undefined }),
  };
  for (;;) {
    const made = await make();
    if (!made) return;
    if (made.version === version.version) break;
    await target.deleteModelVersion(name, made.version);
    if (made.version < version.version) continue;
    state.warn(`version ${version.version} of ${name} was left out: its number is taken in the target`);
    return;
  }
  if (currentStage !== "None") await target.transitionModelVersionStage(name, version.version, currentStage);
  await target.dateModelVersion?.(name, version.version, timesOf(version));

  /** A server takes no version whose files are none of its own. */
  async function make(): Promise<ModelVersion | undefined> {
    try {
      return await target.createModelVersion(name, options);
    } catch (error) {
      if (!UNREACHABLE.has((error as { code?: unknown }).code)) throw error;
      state.warn(`version ${version.version} of ${name} was left out: ${(error as Error).message}`);
      return undefined;
    }
  }
}
