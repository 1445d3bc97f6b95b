import type { LoggedModel } from "../../../core";
import {
  absoluteLocation,
  type AnyRegistryStore,
  type AnyTrackingStore,
  findVersion,
  parseModelAddress,
} from "../../../stores";

/** Where a model that is to be registered comes from. */
export interface ModelSource {
  /** As it is kept: what was given, a relative path made absolute, an alias as the version that it names now. */
  readonly source: string;
  readonly storageLocation?: string;
  readonly runId?: string;
  readonly modelId?: string;
}

/**
 * Looks up what a source stands for: the files, the run and the LoggedModel behind `models:/…`, the run in `runs:/…`. What the
 * caller knows already goes before. Rejects with RESOURCE_DOES_NOT_EXIST for a model that is not there.
 */
export async function lookUpSource(
  { source, runId, modelId }: Pick<ModelSource, "source" | "runId" | "modelId">,
  store: AnyTrackingStore,
  registry: AnyRegistryStore,
): Promise<ModelSource> {
  const named = modelId === undefined ? undefined : await store.getLoggedModel(modelId);
  const place = await placeOf(source, store, registry);
  return { ...place, modelId: modelId ?? place.modelId, runId: runId ?? place.runId ?? named?.sourceRunId };
}

async function placeOf(source: string, store: AnyTrackingStore, registry: AnyRegistryStore): Promise<ModelSource> {
  const address = parseModelAddress(source);
  if (address.kind === "place") return { source: absoluteLocation(source) };
  if (address.kind === "run") return { source, runId: address.runId };
  if (address.kind === "logged") return { source, ...ofLoggedModel(await store.getLoggedModel(address.modelId)) };
  const { name, version, runId, modelId } = await findVersion(registry, source, address);
  const storageLocation = await registry.getModelVersionDownloadUri(name, version);
  return { source: `models:/${name}/${version}`, runId, modelId, storageLocation };
}

const ofLoggedModel = ({ modelId, artifactLocation, sourceRunId }: LoggedModel) => ({
  modelId,
  storageLocation: artifactLocation,
  runId: sourceRunId,
});
