import type { ModelVersion, RegisteredModel } from "../../core";
import type { ModelVersionCard, ModelVersionList } from "../model-version";
import type { RegisteredModelCard, RegisteredModelList } from "../registered-model";

/** A model version as a card; `surroundings` are not in the version itself. */
export function describeModelVersion(
  version: ModelVersion,
  surroundings: Pick<ModelVersionCard, "runName" | "runHref" | "href"> = {},
): ModelVersionCard {
  const { name, currentStage, status, statusMessage, description, source, runId, tags } = version;
  return {
    ...surroundings,
    name,
    version: version.version,
    aliases: version.aliases,
    stage: currentStage === "None" ? undefined : currentStage,
    state: status === "READY" ? undefined : [status.toLowerCase(), statusMessage].filter(Boolean).join(": "),
    description: description || undefined,
    source: source || undefined,
    runId: runId || undefined,
    tags: Object.entries(tags),
    createdTime: version.creationTimestamp,
    loadCall:
      status === "READY" ? `await loadModel(${JSON.stringify(`models:/${name}/${version.version}`)})` : undefined,
  };
}

/** Model versions as a list, in the order given. */
export const describeModelVersions = (
  versions: readonly ModelVersion[],
  options: Omit<ModelVersionList, "versions"> = {},
): ModelVersionList => ({ ...options, versions: versions.map((version) => describeModelVersion(version)) });

/** A registered model as a card. */
export function describeRegisteredModel(model: RegisteredModel): RegisteredModelCard {
  const { name, description, tags, aliases, latestVersions, lastUpdatedTimestamp } = model;
  return {
    name,
    description: description || undefined,
    tags: Object.entries(tags),
    aliases: Object.entries(aliases).sort(([a], [b]) => (a < b ? -1 : 1)),
    latestVersions: latestVersions.map((version) => describeModelVersion(version)),
    lastUpdateTime: lastUpdatedTimestamp,
  };
}

/** Registered models as a list, in the order given. */
export const describeRegisteredModels = (
  models: readonly RegisteredModel[],
  options: Omit<RegisteredModelList, "models"> = {},
): RegisteredModelList => ({ ...options, models: models.map(describeRegisteredModel) });
