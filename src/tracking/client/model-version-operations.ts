import {
  InvalidInputError,
  messages,
  type ModelVersion,
  toModelVersionStage,
  validateKey,
  validateOptions,
} from "../../core";
import { entriesOf, requireArray, requireText } from "../arguments";
import { requireStores } from "../tracking-uri";
import type { PagedList } from "./paged-list";
import { RegisteredModelOperations, requireRegistry } from "./registered-model-operations";
import {
  refusePrompt,
  requireAlias,
  requireDescription,
  requireRegisteredModelName,
  toRegistryTag,
  toVersion,
} from "./registry-arguments";
import { checkSearchOptions, type SearchQuery } from "./search-options";

/** What a new model version may be given besides its registered model and its source. */
export interface CreateModelVersionOptions {
  /** @default the run of the source, when that says */
  readonly runId?: string;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly runLink?: string;
  readonly description?: string;
  /** Where the files are on this machine. For registries that take copies of them; trackbook's refer to the source. */
  readonly localModelPath?: string;
  /** The LoggedModel that is registered. @default that of the source, when it says */
  readonly modelId?: string;
}

/** What a model that is registered may be given besides its name. */
export interface RegisterModelOptions {
  /** Tags of the new version. */
  readonly tags?: Readonly<Record<string, unknown>>;
  /** The new version's. */
  readonly description?: string;
}

const CREATE_OPTIONS = ["runId", "tags", "runLink", "description", "localModelPath", "modelId"];
/** Stages of which MLflow keeps one version each, on request. */
const ACTIVE_STAGES: readonly string[] = ["Staging", "Production"];

/** The operations of {@link TrackingClient} on model versions. */
export abstract class ModelVersionOperations extends RegisteredModelOperations {
  /** The newest version in each stage that has one. `stages` @default all */
  async getLatestVersions(
    name: string,
    options: { stages?: readonly string[] } = {},
  ): Promise<PagedList<ModelVersion>> {
    const { toModelVersionList } = requireRegistry();
    requireRegisteredModelName(name);
    validateOptions("getLatestVersions", options, ["stages"]);
    const { stages = [] } = options;
    requireArray("The stages", stages);
    const wanted = stages.length === 0 ? undefined : stages.map(toModelVersionStage);
    return toModelVersionList({ items: await this.#complete(await this.registry.getLatestVersions(name, wanted)) });
  }

  /**
   * Adds a version to a registered model. `source` says where the model is: `models:/m-…`, another version (`models:/name/1`),
   * `runs:/…`, a path or a URI. Rejects with RESOURCE_DOES_NOT_EXIST when the registered model or the source's model is not there.
   *
   * @example await client.createModelVersion("wine", info.modelUri, { description: "the elastic net" });
   */
  async createModelVersion(
    name: string,
    source: string,
    options: CreateModelVersionOptions = {},
  ): Promise<ModelVersion> {
    const { linkVersion, lookUpSource } = requireRegistry();
    requireRegisteredModelName(name);
    requireText("The source", source);
    validateOptions("createModelVersion", options, CREATE_OPTIONS);
    const { runId, runLink, description, localModelPath, modelId, tags = {} } = options;
    for (const [option, value] of Object.entries({ runId, runLink, localModelPath, modelId }))
      if (value !== undefined) requireText(`The ${option}`, value);
    requireDescription(description);
    const own = entriesOf("The tags", tags, toRegistryTag);
    refusePrompt(own);
    const { store, registry } = this;
    const known = { source, runId, modelId };
    const place = registry.looksUpSources ? known : await lookUpSource(known, store, registry);
    const version = await registry.createModelVersion(name, { ...place, tags: own, runLink, description });
    if (!registry.looksUpSources) await linkVersion(store, version);
    return this.#shown(version);
  }

  /**
   * Adds a model as a version to a registered model, which is created when it is missing. Before anything is written it is looked
   * whether there is a model: `modelUri` is what `logModel` returns, `runs:/ID/name`, another version (`models:/name@alias`), or
   * the path or URI of a model's folder.
   *
   * @example await client.registerModel(`runs:/${runId}/model`, "wine", { tags: { team: "vision" } });
   */
  async registerModel(modelUri: string, name: string, options: RegisterModelOptions = {}): Promise<ModelVersion> {
    requireText("The model's URI", modelUri);
    requireRegisteredModelName(name);
    validateOptions("registerModel", options, ["tags", "description"]);
    const { tags = {}, description } = options;
    requireDescription(description);
    entriesOf("The tags", tags, toRegistryTag);
    const { source, runId, modelId } = await requireRegistry().placeToRegister(modelUri, this.store, this.registry);
    await this.ensureRegisteredModel(name);
    return this.createModelVersion(name, source, { tags, description, runId, modelId });
  }

  /**
   * Adds a copy of a version, named by number, alias or stage, to another registered model, which is created when it is missing.
   *
   * @example await client.copyModelVersion("models:/wine-staging@candidate", "wine-production");
   */
  async copyModelVersion(srcModelUri: string, dstName: string): Promise<ModelVersion> {
    requireText("The source model's URI", srcModelUri);
    requireRegisteredModelName(dstName);
    const { findVersion, parseModelAddress } = requireStores();
    const address = parseModelAddress(srcModelUri);
    if (address.kind === "place" || address.kind === "run" || address.kind === "logged")
      throw new InvalidInputError(messages.badModelAddress(srcModelUri, "registerModel takes what is no version yet."));
    const source = await findVersion(this.registry, srcModelUri, address);
    const { name, version, runLink, description, tags } = source;
    await this.ensureRegisteredModel(dstName);
    return this.createModelVersion(dstName, `models:/${name}/${version}`, { runLink, description, tags });
  }

  /** Gives a version another description, or none. */
  async updateModelVersion(
    name: string,
    version: number | string,
    options: { description?: string } = {},
  ): Promise<ModelVersion> {
    requireRegisteredModelName(name);
    validateOptions("updateModelVersion", options, ["description"]);
    requireDescription(options.description);
    return this.#shown(await this.registry.updateModelVersion(name, toVersion(version), options));
  }

  /**
   * Moves a version to a stage: `None`, `Staging`, `Production` or `Archived`. MLflow has aliases in the place of stages now.
   * `archiveExistingVersions`: the others in that stage, Staging or Production, become `Archived`. @default false
   */
  async transitionModelVersionStage(
    name: string,
    version: number | string,
    stage: string,
    options: { archiveExistingVersions?: boolean } = {},
  ): Promise<ModelVersion> {
    requireRegisteredModelName(name);
    const number = toVersion(version);
    const target = toModelVersionStage(stage);
    validateOptions("transitionModelVersionStage", options, ["archiveExistingVersions"]);
    const { archiveExistingVersions = false } = options;
    if (typeof archiveExistingVersions !== "boolean")
      throw new InvalidInputError(
        messages.badArgument("archiveExistingVersions", archiveExistingVersions, "true or false"),
      );
    if (archiveExistingVersions && !ACTIVE_STAGES.includes(target))
      throw new InvalidInputError(messages.cannotArchive(target));
    const { registry } = this;
    return this.#shown(await registry.transitionModelVersionStage(name, number, target, { archiveExistingVersions }));
  }

  /** Deletes a version with its aliases; its number is not given again. The model that was registered stays where it is. */
  async deleteModelVersion(name: string, version: number | string): Promise<void> {
    requireRegisteredModelName(name);
    await this.registry.deleteModelVersion(name, toVersion(version));
  }

  /** A version by its number. Rejects with RESOURCE_DOES_NOT_EXIST. */
  async getModelVersion(name: string, version: number | string): Promise<ModelVersion> {
    requireRegisteredModelName(name);
    return this.#shown(await this.registry.getModelVersion(name, toVersion(version)));
  }

  /** The version that an alias names; `latest` is the highest. Rejects with INVALID_PARAMETER_VALUE for an alias that names none. */
  async getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion> {
    requireRegisteredModelName(name);
    requireAlias(alias, "read");
    return this.#shown(await this.registry.getModelVersionByAlias(name, alias));
  }

  /** Where a version's files are: a path or URI. */
  async getModelVersionDownloadUri(name: string, version: number | string): Promise<string> {
    requireRegisteredModelName(name);
    return this.registry.getModelVersionDownloadUri(name, toVersion(version));
  }

  /**
   * A page of model versions, the last changed first unless `orderBy` says otherwise.
   *
   * @example await client.searchModelVersions({ filter: "name = 'wine' AND tags.team = 'vision'" });
   */
  async searchModelVersions(options: SearchQuery = {}): Promise<PagedList<ModelVersion>> {
    checkSearchOptions("searchModelVersions", options, ["filter", "orderBy", "maxResults", "pageToken"]);
    const { items, ...page } = await this.registry.searchModelVersions(options);
    return requireRegistry().toModelVersionList({ ...page, items: await this.#complete(items) });
  }

  /** Sets a tag of a version. */
  async setModelVersionTag(name: string, version: number | string, key: string, value: unknown): Promise<void> {
    requireRegisteredModelName(name);
    await this.registry.setModelVersionTag(name, toVersion(version), toRegistryTag(key, value));
  }

  /** Removes a tag of a version, if it is there. */
  async deleteModelVersionTag(name: string, version: number | string, key: string): Promise<void> {
    requireRegisteredModelName(name);
    validateKey("tag", key);
    await this.registry.deleteModelVersionTag(name, toVersion(version), key);
  }

  #complete(versions: readonly ModelVersion[]): Promise<ModelVersion[]> {
    return requireRegistry().withModelData(versions, this.store);
  }

  async #shown(version: ModelVersion): Promise<ModelVersion> {
    return requireRegistry().toShownModelVersion((await this.#complete([version]))[0] as ModelVersion);
  }
}
