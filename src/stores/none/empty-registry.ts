import { type ModelVersion, now, type RegisteredModel } from "../../core";
import * as search from "../../search";
import type { RegistryStore } from "../registry-store";

/** The model registry of `TRACKBOOK_MODE=disabled`, as {@link emptyStore} is the store of runs: whatever is asked for by its name is there, and empty. */
export function emptyRegistry({ uri }: { readonly uri: string }): RegistryStore {
  return { kind: "none", uri, ...registeredModels, ...modelVersions };
}

type ModelOperation = Exclude<keyof RegistryStore, VersionOperation | "kind" | "uri">;
type VersionOperation = Extract<keyof RegistryStore, `${string}ModelVersion${string}`>;

const nothing = (): void => {};

const emptyModel = (name: string, description?: string): RegisteredModel => {
  const time = now();
  return {
    name,
    creationTimestamp: time,
    lastUpdatedTimestamp: time,
    description,
    tags: {},
    aliases: {},
    latestVersions: [],
  };
};

const registeredModels: Pick<RegistryStore, ModelOperation> = {
  createRegisteredModel: (name, options) => emptyModel(name, options?.description),
  getRegisteredModel: (name) => emptyModel(name),
  searchRegisteredModels: (query) => search.searchRegisteredModels([], query),
  renameRegisteredModel: (_name, newName) => emptyModel(newName),
  updateRegisteredModel: (name, { description }) => emptyModel(name, description),
  deleteRegisteredModel: nothing,
  setRegisteredModelTag: nothing,
  deleteRegisteredModelTag: nothing,
  setRegisteredModelAlias: nothing,
  deleteRegisteredModelAlias: nothing,
  getLatestVersions: () => [],
};

const emptyVersion = (name: string, version: number, more: Partial<ModelVersion> = {}): ModelVersion => {
  const time = now();
  return {
    name,
    version,
    creationTimestamp: time,
    lastUpdatedTimestamp: time,
    currentStage: "None",
    source: "",
    status: "READY",
    tags: {},
    aliases: [],
    ...more,
  };
};

const modelVersions: Pick<RegistryStore, VersionOperation> = {
  createModelVersion: (name, { source, runId, runLink, description, modelId }) =>
    emptyVersion(name, 1, { source, runId, runLink, description, modelId }),
  getModelVersion: (name, version) => emptyVersion(name, version),
  getModelVersionByAlias: (name, alias) => emptyVersion(name, 1, { aliases: [alias] }),
  getModelVersionDownloadUri: () => "",
  searchModelVersions: (query) => search.searchModelVersions([], query),
  updateModelVersion: (name, version, { description }) => emptyVersion(name, version, { description }),
  transitionModelVersionStage: (name, version, currentStage) => emptyVersion(name, version, { currentStage }),
  deleteModelVersion: nothing,
  setModelVersionTag: nothing,
  deleteModelVersionTag: nothing,
};
