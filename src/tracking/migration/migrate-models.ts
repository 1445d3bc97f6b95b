import type { LoggedModel } from "../../core";
import { copyArtifacts } from "./copy-artifacts";
import { givesOwnIds, holds, type MigrationState, plainPath, toList } from "./migration-state";
import { count } from "./tally";

/** The twin of a LoggedModel, made in the target's experiment when there is none yet. */
export async function ensureModel(
  state: MigrationState,
  model: LoggedModel,
  experimentId: string,
  artifactUris: ReadonlyMap<string, string>,
): Promise<void> {
  const { target, models, runs } = state;
  const twin = (await findTwin(state, model, experimentId)) ?? (await create());
  models.set(model.modelId, twin.modelId);
  await target.setLoggedModelTags(twin.modelId, toList(tagsOf(model)));

  async function create(): Promise<LoggedModel> {
    const { modelId, name, modelType, sourceRunId, params } = model;
    const isServer = givesOwnIds(target);
    return target.createLoggedModel({
      modelId,
      experimentId,
      name,
      modelType,
      sourceRunId: sourceRunId && (runs.get(sourceRunId) ?? sourceRunId),
      params: toList(params),
      tags: toList(isServer ? { ...tagsOf(model), [MIGRATED_TAG]: modelId } : tagsOf(model)),
      artifactLocation: isServer ? undefined : withinRun(model.artifactLocation, artifactUris),
    });
  }
}

/** By it the twin of a model is found on a server, which gives it another id. */
const MIGRATED_TAG = "trackbook.migrated_from";

/** Without that of an earlier migration. */
const tagsOf = ({ tags: { [MIGRATED_TAG]: _earlier, ...tags } }: LoggedModel) => tags;

async function findTwin(
  { target }: MigrationState,
  { modelId }: LoggedModel,
  experimentId: string,
): Promise<LoggedModel | undefined> {
  try {
    return await target.getLoggedModel(modelId);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "RESOURCE_DOES_NOT_EXIST") throw error;
  }
  if (!givesOwnIds(target)) return undefined;
  const filter = `tags.\`${MIGRATED_TAG}\` = '${modelId}'`;
  return (await target.searchLoggedModels([experimentId], { filter, maxResults: 1 })).items[0];
}

/** The place in the twin's artifacts of a model that lies among its run's; `undefined` for one that lies elsewhere. */
function withinRun(location: string, artifactUris: ReadonlyMap<string, string>): string | undefined {
  const path = plainPath(location);
  for (const [from, to] of artifactUris) {
    const root = plainPath(from);
    if (path.startsWith(`${root}/`)) return to + path.slice(root.length);
  }
  return undefined;
}

/** Carries over a LoggedModel's files and its status, when its metrics are there. */
export async function finishModel(state: MigrationState, model: LoggedModel): Promise<void> {
  const { target, models, places, tally } = state;
  const twinId = models.get(model.modelId) as string;
  const twin = await target.getLoggedModel(twinId);
  const isCopied = [...places.keys()].some((place) =>
    plainPath(model.artifactLocation).startsWith(`${plainPath(place)}/`),
  );
  // A server puts it elsewhere although it lay among its run's artifacts.
  const liesElsewhere = ![...places.values()].some((place) =>
    plainPath(twin.artifactLocation).startsWith(plainPath(place)),
  );
  if (!isCopied || liesElsewhere) await copyArtifacts(state, model.artifactLocation, twin.artifactLocation);
  const isFinal = model.status === "READY" || model.status === "FAILED";
  if (isFinal && twin.status !== model.status) await target.finalizeLoggedModel(twinId, model.status);
  await target.dateLoggedModel?.(twinId, { created: model.creationTimestamp, updated: model.lastUpdatedTimestamp });
  const arrived = await target.getLoggedModel(twinId);
  const isWhole = holds(arrived.tags, tagsOf(model)) && holds(arrived.params, model.params);
  count(tally, "logged models", 1, isWhole && (!isFinal || arrived.status === model.status) ? 1 : 0);
}
