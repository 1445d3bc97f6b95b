import { type RegisteredModel, TrackbookError, validateKey, validateOptions } from "../../core";
import type { AnyRegistryStore } from "../../stores";
import { flushQueues } from "../recorder";
import { requireStores } from "../tracking-uri";
import { entriesOf } from "../arguments";
import { LoggedModelOperations } from "./logged-model-operations";
import type { PagedList } from "./paged-list";
import {
  refusePrompt,
  requireAlias,
  requireDescription,
  requireRegisteredModelName,
  toRegistryTag,
  toVersion,
} from "./registry-arguments";
import { checkSearchOptions, type SearchQuery } from "./search-options";

/** What a new registered model may be given besides its name. */
export interface CreateRegisteredModelOptions {
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly description?: string;
}

/** What the operations on registered models need, loaded by the first of them and not by `import "trackbook"`. */
export const requireRegistry = () => require("./registry") as typeof import("./registry");

/** Loaded by the first client of a server. */
export const requireAfterDelivery = () => require("./after-delivery") as typeof import("./after-delivery");

/** The operations of {@link TrackingClient} on registered models and their aliases. */
export abstract class RegisteredModelOperations extends LoggedModelOperations {
  /** Where runs are. */
  abstract readonly trackingUri: string;
  /** Where registered models are. */
  abstract readonly registryUri: string;

  /** The registry, after all that this process has logged by now is stored. */
  protected get registry(): AnyRegistryStore {
    flushQueues();
    const registry = requireStores().openRegistryStore(this.registryUri);
    return registry.isRemote ? requireAfterDelivery().afterDelivery(registry, this.trackingUri) : registry;
  }

  /** Creates a registered model, without versions yet. Rejects with RESOURCE_ALREADY_EXISTS. */
  async createRegisteredModel(name: string, options: CreateRegisteredModelOptions = {}): Promise<RegisteredModel> {
    requireRegisteredModelName(name);
    validateOptions("createRegisteredModel", options, ["tags", "description"]);
    const { description, tags = {} } = options;
    requireDescription(description);
    const own = entriesOf("The tags", tags, toRegistryTag);
    refusePrompt(own);
    return this.#shown(await this.registry.createRegisteredModel(name, { tags: own, description }));
  }

  /** Gives a registered model another name; versions, tags and aliases go with it. Rejects with RESOURCE_ALREADY_EXISTS when it is taken. */
  async renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel> {
    requireRegisteredModelName(name);
    requireRegisteredModelName(newName);
    return this.#shown(await this.registry.renameRegisteredModel(name, newName));
  }

  /** Gives a registered model another description, or none. */
  async updateRegisteredModel(name: string, options: { description?: string } = {}): Promise<RegisteredModel> {
    requireRegisteredModelName(name);
    validateOptions("updateRegisteredModel", options, ["description"]);
    requireDescription(options.description);
    return this.#shown(await this.registry.updateRegisteredModel(name, options));
  }

  /** Removes a registered model with all its versions, for good. The models that were registered stay where they are. */
  async deleteRegisteredModel(name: string): Promise<void> {
    requireRegisteredModelName(name);
    await this.registry.deleteRegisteredModel(name);
  }

  /**
   * A page of registered models, by name unless `orderBy` says otherwise.
   *
   * @example await client.searchRegisteredModels({ filter: "name LIKE 'wine%' AND tags.team = 'vision'" });
   */
  async searchRegisteredModels(options: SearchQuery = {}): Promise<PagedList<RegisteredModel>> {
    checkSearchOptions("searchRegisteredModels", options, ["filter", "orderBy", "maxResults", "pageToken"]);
    const { items, ...page } = await this.registry.searchRegisteredModels(options);
    const { toRegisteredModelList } = requireRegistry();
    return toRegisteredModelList({ ...page, items: await Promise.all(items.map((model) => this.#complete(model))) });
  }

  /** A registered model with its newest versions. Rejects with RESOURCE_DOES_NOT_EXIST, naming the nearest name. */
  async getRegisteredModel(name: string): Promise<RegisteredModel> {
    requireRegisteredModelName(name);
    return this.#shown(await this.registry.getRegisteredModel(name));
  }

  /** Sets a tag of a registered model. */
  async setRegisteredModelTag(name: string, key: string, value: unknown): Promise<void> {
    requireRegisteredModelName(name);
    await this.registry.setRegisteredModelTag(name, toRegistryTag(key, value));
  }

  /** Removes a tag of a registered model, if it is there. */
  async deleteRegisteredModelTag(name: string, key: string): Promise<void> {
    requireRegisteredModelName(name);
    validateKey("tag", key);
    await this.registry.deleteRegisteredModelTag(name, key);
  }

  /**
   * Lets an alias name a version, whatever it named before: `models:/name@alias` then means that version.
   *
   * @example await client.setRegisteredModelAlias("wine", "champion", 3);
   */
  async setRegisteredModelAlias(name: string, alias: string, version: number | string): Promise<void> {
    requireRegisteredModelName(name);
    requireAlias(alias, "set");
    await this.registry.setRegisteredModelAlias(name, alias, toVersion(version));
  }

  /** Removes an alias, if it is there. */
  async deleteRegisteredModelAlias(name: string, alias: string): Promise<void> {
    requireRegisteredModelName(name);
    requireAlias(alias, "read");
    await this.registry.deleteRegisteredModelAlias(name, alias);
  }

  /** Creates a registered model unless it is there. */
  protected async ensureRegisteredModel(name: string): Promise<void> {
    try {
      await this.registry.createRegisteredModel(name);
    } catch (error) {
      if (!(error instanceof TrackbookError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
    }
  }

  async #complete(model: RegisteredModel): Promise<RegisteredModel> {
    return { ...model, latestVersions: await requireRegistry().withModelData(model.latestVersions, this.store) };
  }

  async #shown(model: RegisteredModel): Promise<RegisteredModel> {
    return requireRegistry().toShownRegisteredModel(await this.#complete(model));
  }
}
