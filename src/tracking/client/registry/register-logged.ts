import { messages, type ModelVersion, StoreError, TrackbookError } from "../../../core";
import type { NewModelVersion, RegistryStore, RemoteRegistryStore } from "../../../stores";
import type { RecordingStore } from "../../recording-store";
import { registryUriFor, requireStores } from "../../tracking-uri";
import { linkVersion, linkVersionNow } from "./model-link";

/**
 * Adds a LoggedModel of a store as a version to a registered model, which is created when it is missing. Answers at once where
 * the registry does, so that what is registered while the process ends is not lost; `undefined` where the model waits in a spool, and its
 * version with it.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when the store has no such model, INVALID_STATE when its files could not be stored
 */
export function registerLogged(
  store: RecordingStore,
  modelId: string,
  name: string,
): ModelVersion | undefined | Promise<ModelVersion> {
  if (store.spool?.isProvisional(modelId)) {
    store.spool.register(modelId, name, registryUriFor(store));
    return undefined;
  }
  if (store.spool) return registerOnServer(store.uri, modelId, name);
  const { artifactLocation, sourceRunId, status } = store.getLoggedModel(modelId);
  if (status === "FAILED") throw new StoreError(messages.failedModel(modelId));
  const version = { source: `models:/${modelId}`, storageLocation: artifactLocation, runId: sourceRunId, modelId };
  const registry = requireStores().openRegistryStore(registryUriFor(store));
  const noteLink = (made: ModelVersion): ModelVersion => {
    if (!registry.looksUpSources) linkVersionNow(store, made);
    return made;
  };
  return registry.isRemote
    ? addLater(registry, name, version).then(noteLink)
    : noteLink(addNow(registry, name, version));
}

async function registerOnServer(uri: string, modelId: string, name: string): Promise<ModelVersion> {
  const store = requireStores().openAnyTrackingStore(uri);
  const { artifactLocation, sourceRunId, status } = await store.getLoggedModel(modelId);
  if (status === "FAILED") throw new StoreError(messages.failedModel(modelId));
  const version = { source: `models:/${modelId}`, storageLocation: artifactLocation, runId: sourceRunId, modelId };
  const registry = requireStores().openRegistryStore(registryUriFor(store));
  const made = registry.isRemote ? await addLater(registry, name, version) : addNow(registry, name, version);
  if (!registry.looksUpSources) await linkVersion(store, made);
  return made;
}

function addNow(registry: RegistryStore, name: string, version: NewModelVersion): ModelVersion {
  try {
    registry.createRegisteredModel(name);
  } catch (error) {
    throwUnlessTaken(error);
  }
  return registry.createModelVersion(name, version);
}

async function addLater(registry: RemoteRegistryStore, name: string, version: NewModelVersion): Promise<ModelVersion> {
  await registry.createRegisteredModel(name).catch(throwUnlessTaken);
  return registry.createModelVersion(name, version);
}

function throwUnlessTaken(error: unknown): void {
  if (!(error instanceof TrackbookError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
}
