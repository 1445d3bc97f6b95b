import { basename } from "node:path";
import { InvalidInputError, messages, nearest, StoreError } from "../../../core";
import * as search from "../../../search";
import type { RegistryStore } from "../../registry-store";
import { withStoreErrors } from "../file-errors";
import { writeTag } from "../run";
import { resolveRoot, type StoreRoot } from "../store-root";
import { aliasesOf, readAliases, removeAlias, writeAlias } from "./aliases";
import * as versions from "./model-versions";
import * as models from "./registered-models";
import { DELETED_STAGE } from "./registry-layout";
import { dateFields } from "./registry-meta";
import { removeTag } from "./remove-tag";

/** Where a file registry lies. */
export interface FileRegistryOptions {
  /** A path or `file:` URI: the folder of a file store, in which the registry is `models/`. */
  readonly root: string;
}

/**
 * MLflow's file registry: `models/` in the folder of a file store. Several processes, Python's MLflow among them, may write to
 * it at once. Nothing is read or made by opening it.
 *
 * @example fileRegistry({ root: "./mlruns" }).createRegisteredModel("wine");
 */
export function fileRegistry({ root: place }: FileRegistryOptions): RegistryStore {
  const root = resolveRoot(place);
  return withStoreErrors<RegistryStore>({
    kind: "file",
    uri: root.uri,
    ...modelOperations(root),
    ...aliasOperations(root),
    ...versionOperations(root),
  });
}

type AliasOperation = Extract<keyof RegistryStore, `${string}Alias`>;
type VersionOperation = Exclude<Extract<keyof RegistryStore, `${string}Version${string}`>, AliasOperation>;
type ModelOperation = Exclude<keyof RegistryStore, AliasOperation | VersionOperation | "kind" | "uri">;

function modelOperations(root: StoreRoot): Pick<RegistryStore, ModelOperation> {
  const find = (name: string) => models.requireModelFolder(root, name);
  return {
    dateRegisteredModel: (name, times) => models.changeRegisteredModel(find(name), dateFields(times)),
    createRegisteredModel: (name, options) => models.createRegisteredModel(root, name, options),
    getRegisteredModel: (name) => models.readRegisteredModel(find(name)),
    searchRegisteredModels: (query) => {
      const { items, ...page } = search.searchRegisteredModels(models.listRegisteredModels(root), query);
      return { ...page, items: items.flatMap(({ name }) => stillThere(() => models.readRegisteredModel(find(name)))) };
    },
    renameRegisteredModel: (name, newName) =>
      models.readRegisteredModel(models.renameRegisteredModel(root, find(name), newName)),
    updateRegisteredModel: (name, { description }) => {
      const folder = find(name);
      models.changeRegisteredModel(folder, { description: description ?? null });
      return models.readRegisteredModel(folder);
    },
    deleteRegisteredModel: (name) => models.deleteRegisteredModel(root, find(name)),
    setRegisteredModelTag: (name, tag) => {
      const folder = find(name);
      writeTag(folder, tag);
      models.changeRegisteredModel(folder);
    },
    deleteRegisteredModelTag: (name, key) => {
      const folder = find(name);
      removeTag(folder, key);
      models.changeRegisteredModel(folder);
    },
  };
}

/** None for what has been removed since it was found. */
function stillThere<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof StoreError && error.code === "RESOURCE_DOES_NOT_EXIST") return [];
    throw error;
  }
}

function aliasOperations(root: StoreRoot): Pick<RegistryStore, AliasOperation> {
  return {
    setRegisteredModelAlias: (name, alias, version) => {
      const folder = models.requireModelFolder(root, name);
      versions.findVersion(folder, version);
      writeAlias(folder, alias, version);
      models.changeRegisteredModel(folder);
    },
    deleteRegisteredModelAlias: (name, alias) => {
      const folder = models.requireModelFolder(root, name);
      removeAlias(folder, alias);
      models.changeRegisteredModel(folder);
    },
    getModelVersionByAlias: (name, alias) => {
      const folder = models.requireModelFolder(root, name);
      return alias.toLowerCase() === "latest" ? latestVersion(folder) : versionByAlias(folder, alias);
    },
  };
}

function latestVersion(folder: string) {
  const latest = models.newest(versions.listVersions(folder));
  if (!latest) throw new StoreError(messages.noVersions(basename(folder)));
  return latest;
}

function versionByAlias(folder: string, alias: string) {
  const aliases = readAliases(folder);
  const version = search.ownValue(aliases, alias);
  if (version !== undefined) return versions.findVersion(folder, version).version;
  const known = Object.keys(aliases).sort();
  throw new InvalidInputError(messages.aliasNotFound(basename(folder), alias, known, nearest(alias, known)));
}

function versionOperations(root: StoreRoot): Pick<RegistryStore, VersionOperation> {
  const folderOf = (name: string) => models.requireModelFolder(root, name);
  const find = (name: string, version: number) => versions.findVersion(folderOf(name), version);
  return {
    dateModelVersion: (name, version, times) => versions.changeVersion(find(name, version), dateFields(times)),
    getLatestVersions: (name, stages) => models.latestVersions(versions.listVersions(folderOf(name)), stages),
    createModelVersion: (name, options) => {
      const folder = folderOf(name);
      const number = versions.addVersion(folder, options);
      models.changeRegisteredModel(folder);
      return versions.findVersion(folder, number).version;
    },
    getModelVersion: (name, version) => find(name, version).version,
    getModelVersionDownloadUri: (name, version) => versions.downloadUri(find(name, version)),
    searchModelVersions: (query) => {
      const names = search.modelNamesIn(query.filter);
      const folders = models
        .listModelFolders(root)
        .filter((folder) => names === undefined || names.includes(basename(folder)));
      return search.searchModelVersions(
        folders.flatMap((folder) => versions.listVersions(folder)),
        query,
      );
    },
    updateModelVersion: (name, version, { description }) => {
      versions.changeVersion(find(name, version), { description: description ?? null });
      return find(name, version).version;
    },
    transitionModelVersionStage: (name, version, stage, { archiveExistingVersions = false } = {}) => {
      const folder = folderOf(name);
      const moved = versions.findVersion(folder, version);
      const others = archiveExistingVersions ? versions.listVersions(folder) : [];
      for (const other of others)
        if (other.version !== version && other.currentStage === stage)
          versions.changeVersion(versions.findVersion(folder, other.version), { current_stage: "Archived" });
      versions.changeVersion(moved, { current_stage: stage });
      models.changeRegisteredModel(folder);
      return versions.findVersion(folder, version).version;
    },
    deleteModelVersion: (name, version) => {
      const folder = folderOf(name);
      const found = versions.findVersion(folder, version);
      for (const alias of aliasesOf(readAliases(folder), version)) removeAlias(folder, alias);
      versions.changeVersion(found, { current_stage: DELETED_STAGE });
      models.changeRegisteredModel(folder);
    },
    setModelVersionTag: (name, version, tag) => {
      versions.setVersionTag(find(name, version), tag);
      models.changeRegisteredModel(folderOf(name));
    },
    deleteModelVersionTag: (name, version, key) => {
      removeTag(find(name, version).folder, key);
      models.changeRegisteredModel(folderOf(name));
    },
  };
}
