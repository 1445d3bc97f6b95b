import type { ModelVersion, RegisteredModel } from "../../core";
import type { PagedList, RegisterModelOptions, SearchQuery } from "../client";
import { readingClient } from "./reading";

/**
 * Adds a model as a version to a registered model, which is created when it is missing. `modelUri` is what `logModel` returns,
 * `runs:/ID/name`, another version (`models:/name@alias`), or the path or URI of a model's folder.
 *
 * Rejects with RESOURCE_DOES_NOT_EXIST when there is no model, before anything is written.
 *
 * @example
 * const info = await logModel(forest, "forest");
 * const version = await registerModel(info.modelUri, "wine"); // loadModel(`models:/wine/${version.version}`)
 */
export async function registerModel(
  modelUri: string,
  name: string,
  options?: RegisterModelOptions,
): Promise<ModelVersion> {
  return readingClient().registerModel(modelUri, name, options);
}

/**
 * Finds model versions, the last changed first unless `orderBy` says otherwise.
 *
 * @example await searchModelVersions({ filter: "name = 'wine' AND tags.team = 'vision'" });
 */
export async function searchModelVersions(query?: SearchQuery): Promise<PagedList<ModelVersion>> {
  return readingClient().searchModelVersions(query);
}

/**
 * Finds registered models, by name unless `orderBy` says otherwise.
 *
 * @example await searchRegisteredModels({ filter: "name LIKE 'wine%'" });
 */
export async function searchRegisteredModels(query?: SearchQuery): Promise<PagedList<RegisteredModel>> {
  return readingClient().searchRegisteredModels(query);
}
