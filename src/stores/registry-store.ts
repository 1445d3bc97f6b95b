import type { ModelVersion, ModelVersionStage, Page, RegisteredModel, Tag } from "../core";
import type { Remote } from "./remote";
import type { SearchQuery } from "../search";
import type { Times } from "./tracking-store";

/** What a new model version is given. */
export interface NewModelVersion {
  /** The URI that it is registered from, kept as it is. */
  readonly source: string;
  /** Where its files are, when the source does not say: what `models:/…` and `runs:/…` stand for. @default the source */
  readonly storageLocation?: string;
  readonly runId?: string;
  readonly runLink?: string;
  readonly description?: string;
  readonly tags?: readonly Tag[];
  readonly modelId?: string;
}

/**
 * What a model registry does, the same for every kind. Local ones (files, SQLite) answer at once, as typed here; remote ones
 * with promises, see {@link RemoteRegistryStore}. Arguments have been validated by the caller; the registry checks what
 * only it can know. Every method on a registered model or version that does not exist, or is deleted, throws
 * RESOURCE_DOES_NOT_EXIST. Tags and aliases that are not there are no error when they are removed.
 */
export interface RegistryStore {
  readonly kind: string;
  /** Absolute URI of the place. */
  readonly uri: string;
  /**
   * True where the registry itself finds out what a source stands for and notes new versions on the LoggedModels behind them, as
   * MLflow's server does. @default false: the caller does both
   */
  readonly looksUpSources?: boolean;
  /** @default false: it answers at once */
  readonly isRemote?: false;
  /** As a tracking store's. */
  prepare?(): void;

  /** @throws RESOURCE_ALREADY_EXISTS */
  createRegisteredModel(name: string, options?: { tags?: readonly Tag[]; description?: string }): RegisteredModel;
  getRegisteredModel(name: string): RegisteredModel;
  /** Prompts, which are registered models with a tag of MLflow's, are left out unless the filter speaks of that tag. */
  searchRegisteredModels(query: SearchQuery): Page<RegisteredModel>;
  /** Tags, aliases and versions with their tags go with it. @throws RESOURCE_ALREADY_EXISTS */
  renameRegisteredModel(name: string, newName: string): RegisteredModel;
  /** Without a description it has none from then on. */
  updateRegisteredModel(name: string, change: { description?: string }): RegisteredModel;
  /** Removes it for good, with all its versions. */
  deleteRegisteredModel(name: string): void;
  setRegisteredModelTag(name: string, tag: Tag): void;
  deleteRegisteredModelTag(name: string, key: string): void;
  setRegisteredModelAlias(name: string, alias: string, version: number): void;
  deleteRegisteredModelAlias(name: string, alias: string): void;
  /** The newest version in each of these stages (in any, when left out) that has one, in the order of the stages. */
  getLatestVersions(name: string, stages?: readonly ModelVersionStage[]): readonly ModelVersion[];

  /** The new version's number is one above all that the model ever had. */
  createModelVersion(name: string, options: NewModelVersion): ModelVersion;
  getModelVersion(name: string, version: number): ModelVersion;
  /** The alias `latest` is the highest version. @throws INVALID_PARAMETER_VALUE for an alias that names none */
  getModelVersionByAlias(name: string, alias: string): ModelVersion;
  /** Where the version's files are. */
  getModelVersionDownloadUri(name: string, version: number): string;
  searchModelVersions(query: SearchQuery): Page<ModelVersion>;
  /** Without a description it has none from then on. */
  updateModelVersion(name: string, version: number, change: { description?: string }): ModelVersion;
  /** `archiveExistingVersions`: every other version in the stage becomes `Archived`. */
  transitionModelVersionStage(
    name: string,
    version: number,
    stage: ModelVersionStage,
    options?: { archiveExistingVersions?: boolean },
  ): ModelVersion;
  /** Its aliases go with it. */
  deleteModelVersion(name: string, version: number): void;
  setModelVersionTag(name: string, version: number, tag: Tag): void;
  deleteModelVersionTag(name: string, version: number, key: string): void;
  /** Date what comes from elsewhere. A server keeps its own times. */
  dateRegisteredModel?(name: string, times: Times): void;
  dateModelVersion?(name: string, version: number, times: Times): void;
}

/** The same registry behind a wire. */
export type RemoteRegistryStore = Remote<Omit<RegistryStore, "isRemote">> & { readonly isRemote: true };

/** A registry of either kind: to `await` what it answers is right for both. */
export type AnyRegistryStore = RegistryStore | RemoteRegistryStore;
