import type { AnyArtifactRepository } from "../../artifacts";
import {
  type Dataset,
  type FileInfo,
  InvalidInputError,
  type LoggedModel,
  type LoggedModelStatus,
  messages,
  newRunName,
  StoreError,
  validateKey,
  validateOptions,
} from "../../core";
import { type ArtifactWrite, folderWrite, type LocalCopy, localWrite, performLater } from "../files";
import { requireArtifacts } from "../tracking-uri";
import { entriesOf, requireArray, requiredEntriesOf, requireText, requireTexts, toParam, toTag } from "../arguments";
import { type ArtifactPathOptions, ArtifactOperations } from "./artifact-operations";
import type { PagedList } from "./paged-list";
import { checkSearchOptions, type SearchQuery } from "./search-options";

/** What a new LoggedModel may be given besides its experiment. */
export interface CreateLoggedModelOptions {
  /** Without any of / : . % " '. @default a random name */
  readonly name?: string;
  readonly sourceRunId?: string;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly modelType?: string;
  /** Where its files lie: a path or URI. @default a folder of the experiment */
  readonly artifactLocation?: string;
}

/** How to search LoggedModels. */
export interface SearchLoggedModelsOptions extends SearchQuery {
  /** Only models measured on one of these; metrics in filter and order then mean those measurements. */
  readonly datasets?: readonly Pick<Dataset, "name" | "digest">[];
}

const FINAL_STATUSES: readonly LoggedModelStatus[] = ["READY", "FAILED"];

/** How models show themselves, loaded with the first that is read and not by `import "trackbook"`. */
const requireShown = () => require("./shown-models") as typeof import("./shown-models");

/** The operations of {@link TrackingClient} on LoggedModels. */
export class LoggedModelOperations extends ArtifactOperations {
  /** Creates a LoggedModel, PENDING until {@link finalizeLoggedModel}. */
  async createLoggedModel(experimentId: string, options: CreateLoggedModelOptions = {}): Promise<LoggedModel> {
    requireText("The experiment's id", experimentId);
    const accepted = ["name", "sourceRunId", "tags", "params", "modelType", "artifactLocation"];
    validateOptions("createLoggedModel", options, accepted);
    const { name = newRunName(), sourceRunId, modelType, artifactLocation } = options;
    if (typeof name !== "string" || name === "" || /[/:.%"']/.test(name))
      throw new InvalidInputError(messages.badModelName(name));
    for (const [option, value] of Object.entries({ sourceRunId, modelType, artifactLocation }))
      if (value !== undefined) requireText(`The ${option}`, value);
    const model = await this.store.createLoggedModel({
      experimentId,
      name,
      sourceRunId,
      modelType,
      artifactLocation,
      params: entriesOf("The params", options.params, toParam),
      tags: entriesOf("The tags", options.tags, toTag),
    });
    return requireShown().toShownLoggedModel(model);
  }

  /** The LoggedModel with an id. Rejects with RESOURCE_DOES_NOT_EXIST, for a deleted one as well. */
  async getLoggedModel(modelId: string): Promise<LoggedModel> {
    requireText("The model's id", modelId);
    if (this.store.kind === "none") throw new StoreError(messages.keptNowhere("logged model", modelId));
    return requireShown().toShownLoggedModel(await this.store.getLoggedModel(modelId));
  }

  /** A page of the LoggedModels of some experiments. `maxResults` @default 100 */
  async searchLoggedModels(
    experimentIds: readonly string[],
    options: SearchLoggedModelsOptions = {},
  ): Promise<PagedList<LoggedModel>> {
    requireTexts("The experiments' ids", experimentIds);
    const { datasets, ...search } = options;
    if (datasets !== undefined) requireArray("The datasets", datasets);
    checkSearchOptions("searchLoggedModels", search, ["filter", "orderBy", "maxResults", "pageToken", "datasets"]);
    return requireShown().toLoggedModelList(await this.store.searchLoggedModels(experimentIds, options));
  }

  /** Sets the final status: READY or FAILED. */
  async finalizeLoggedModel(modelId: string, status: "READY" | "FAILED"): Promise<LoggedModel> {
    requireText("The model's id", modelId);
    if (!FINAL_STATUSES.includes(status)) throw new InvalidInputError(messages.badModelStatus(status, FINAL_STATUSES));
    return requireShown().toShownLoggedModel(await this.store.finalizeLoggedModel(modelId, status));
  }

  /** Marks a LoggedModel deleted; its files are kept. */
  async deleteLoggedModel(modelId: string): Promise<void> {
    requireText("The model's id", modelId);
    await this.store.deleteLoggedModel(modelId);
  }

  /** Sets tags of a LoggedModel. */
  async setLoggedModelTags(modelId: string, tags: Readonly<Record<string, unknown>>): Promise<void> {
    requireText("The model's id", modelId);
    await this.store.setLoggedModelTags(modelId, requiredEntriesOf("The tags", tags, toTag));
  }

  /** Removes a tag of a LoggedModel. Rejects with RESOURCE_DOES_NOT_EXIST when it has no such tag. */
  async deleteLoggedModelTag(modelId: string, key: string): Promise<void> {
    requireText("The model's id", modelId);
    validateKey("tag", key);
    await this.store.deleteLoggedModelTag(modelId, key);
  }

  /** Adds params to a LoggedModel. */
  async logModelParams(modelId: string, params: Readonly<Record<string, unknown>>): Promise<void> {
    requireText("The model's id", modelId);
    await this.store.logLoggedModelParams(modelId, requiredEntriesOf("The params", params, toParam));
  }

  /** Copies a local file, or a folder with all that is in it, to a LoggedModel's artifacts. */
  async logModelArtifact(modelId: string, localPath: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logModelArtifact", options, ["artifactPath"]);
    await this.#copy(modelId, localWrite(localPath, options.artifactPath));
  }

  /** Copies what is in a local folder, sub-folders included, to a LoggedModel's artifacts. */
  async logModelArtifacts(modelId: string, localDir: string, options: ArtifactPathOptions = {}): Promise<void> {
    validateOptions("logModelArtifacts", options, ["artifactPath"]);
    await this.#copy(modelId, folderWrite(localDir, options.artifactPath));
  }

  /** The entries directly below a folder of a LoggedModel's artifacts, sorted by path. `path` @default the root */
  async listLoggedModelArtifacts(modelId: string, options: { path?: string } = {}): Promise<FileInfo[]> {
    validateOptions("listLoggedModelArtifacts", options, ["path"]);
    return (await this.#artifactsOfModel(modelId)).list(options.path);
  }

  async #copy(modelId: string, { action }: ArtifactWrite<LocalCopy>): Promise<void> {
    await performLater({ id: modelId, store: this.store, artifacts: await this.#artifactsOfModel(modelId) }, action);
  }

  async #artifactsOfModel(modelId: string): Promise<AnyArtifactRepository> {
    requireText("The model's id", modelId);
    const { store } = this;
    const { artifactLocation } = await store.getLoggedModel(modelId);
    return requireArtifacts().openAnyArtifacts(artifactLocation, { trackingUri: store.uri });
  }
}
