import type { ModelVersion, RegisteredModel } from "../../core";
import type { AnyRegistryStore } from "../../stores";
import { allOf, type MigrationState, relocated } from "./migration-state";
import { count } from "./tally";

const toList = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, value]) => ({ key, value }));

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
  }
  const versions = [...found].sort((a, b) => a.version - b.version);
  const there = new Set((await versionsOf(target, name)).map(({ version }) => version));
  for (const version of versions) if (!there.has(version.version)) await addVersion(state, source, target, version);
  const arrived = new Set((await versionsOf(target, name)).map(({ version }) => version));
  for (const [alias, version] of Object.entries(aliases))
    if (arrived.has(version)) await target.setRegisteredModelAlias(name, alias, version);
  await target.dateRegisteredModel?.(name, { created: model.creationTimestamp, updated: model.lastUpdatedTimestamp });
  count(state.tally, "registered models", 1, 1);
  count(state.tally, "model versions", versions.length, versions.filter((one) => arrived.has(one.version)).length);
}

const versionsOf = (registry: AnyRegistryStore, name: string): Promise<ModelVersion[]> => {
  const named = `name = '${name.replaceAll("'", "''")}'`;
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
  const times = { created: version.creationTimestamp, updated: version.lastUpdatedTimestamp };
  await target.dateModelVersion?.(name, version.version, times);

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
