import { absoluteLocation, type LoggedModel } from "../../../core";
import type { AnyRegistryStore, TrackingStore } from "../../../stores";
import { isModelUri, parseModelUri, resolveVersion } from "../../model-uri";

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
  store: TrackingStore,
  registry: AnyRegistryStore,
): Promise<ModelSource> {
  const named = modelId === undefined ? undefined : store.getLoggedModel(modelId);
  const place = await placeOf(source, store, registry);
  return { ...place, modelId: modelId ?? place.modelId, runId: runId ?? place.runId ?? named?.sourceRunId };
}

async function placeOf(source: string, store: TrackingStore, registry: AnyRegistryStore): Promise<ModelSource> {
  if (!isModelUri(source)) return { source: absoluteLocation(source), runId: runIn(source) };
  const reference = parseModelUri(source);
  if (reference.kind === "logged") return { source, ...ofLoggedModel(store.getLoggedModel(reference.modelId)) };
  const { name, version } = await resolveVersion(registry, reference);
  const { runId, modelId } = await registry.getModelVersion(name, version);
  const storageLocation = await registry.getModelVersionDownloadUri(name, version);
  return { source: `models:/${name}/${version}`, runId, modelId, storageLocation };
}

const ofLoggedModel = ({ modelId, artifactLocation, sourceRunId }: LoggedModel) => ({
  modelId,
  storageLocation: artifactLocation,
  runId: sourceRunId,
});

const runIn = (source: string): string | undefined => /^runs:\/+([^/]+)\//i.exec(source)?.[1];
