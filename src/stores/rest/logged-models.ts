import { InvalidInputError, LIMITS, LOGGED_MODEL_STATUSES, messages, randomUuid } from "../../core";
import { MODEL_KEY } from "../run-key";
import type { RemoteTrackingStore } from "../tracking-store";
import type { Connection } from "./connection";
import { toPage } from "./to-page";
import { toLoggedModel, type WireLoggedModel } from "./wire";

type ModelOperation = Extract<keyof RemoteTrackingStore, `${string}LoggedModel${string}`>;

const segment = encodeURIComponent;

/** The server's operations on LoggedModels. It decides itself where their files lie. */
export function modelOperations({ call }: Connection): Pick<RemoteTrackingStore, ModelOperation> {
  const findByKey = async (experimentId: string, key: string) => {
    const body = { experiment_ids: [experimentId], filter: `tags.\`${MODEL_KEY}\` = '${key}'`, max_results: 1 };
    const page = await call<{ models?: WireLoggedModel[] }>("POST", "logged-models/search", body);
    return page.models?.[0] && { model: page.models[0] };
  };
  return {
    createLoggedModel: async ({ experimentId, name, sourceRunId, modelType, params, tags = [], artifactLocation }) => {
      if (artifactLocation !== undefined) throw new InvalidInputError(messages.serverPlacesModels(artifactLocation));
      const given = tags.find((tag) => tag.key === MODEL_KEY)?.value;
      const key = given ?? randomUuid();
      const body = {
        experiment_id: experimentId,
        name,
        model_type: modelType,
        source_run_id: sourceRunId,
        params,
        tags: given === undefined ? [...tags, { key: MODEL_KEY, value: key }] : tags,
      };
      const beforeRetry = () => findByKey(experimentId, key);
      return toLoggedModel(
        (await call<{ model: WireLoggedModel }>("POST", "logged-models", body, { beforeRetry })).model,
      );
    },
    getLoggedModel: async (modelId) => {
      const { model } = await call<{ model: WireLoggedModel }>("GET", `logged-models/${segment(modelId)}`);
      return toLoggedModel(model);
    },
    searchLoggedModels: async (experimentIds, { filter, orderBy, maxResults, pageToken, datasets }) => {
      if (experimentIds.length === 0) return { items: [] };
      const page = await call<{ models?: WireLoggedModel[]; next_page_token?: string }>(
        "POST",
        "logged-models/search",
        {
          experiment_ids: experimentIds,
          filter,
          datasets: datasets?.map(({ name, digest }) => ({ dataset_name: name, dataset_digest: digest })),
          max_results: maxResults ?? LIMITS.loggedModelsDefaultResults,
          order_by: orderBy?.map(toWireOrder),
          page_token: pageToken,
        },
      );
      return toPage((page.models ?? []).map(toLoggedModel), page.next_page_token);
    },
    finalizeLoggedModel: async (modelId, status) => {
      const body = { model_id: modelId, status: LOGGED_MODEL_STATUSES[status] };
      return toLoggedModel(
        (await call<{ model: WireLoggedModel }>("PATCH", `logged-models/${segment(modelId)}`, body)).model,
      );
    },
    deleteLoggedModel: async (modelId) => {
      await call("DELETE", `logged-models/${segment(modelId)}`, { model_id: modelId });
    },
    setLoggedModelTags: async (modelId, tags) => {
      await call("PATCH", `logged-models/${segment(modelId)}/tags`, { model_id: modelId, tags });
    },
    deleteLoggedModelTag: async (modelId, key) => {
      await call("DELETE", `logged-models/${segment(modelId)}/tags/${segment(key)}`, {
        model_id: modelId,
        tag_key: key,
      });
    },
    logLoggedModelParams: async (modelId, params) => {
      await call("POST", `logged-models/${segment(modelId)}/params`, { model_id: modelId, params });
    },
  };
}

/** `metrics.loss DESC` as the server takes it for models. */
function toWireOrder(item: string): { field_name: string; ascending: boolean } {
  const [, field, direction] = /^\s*(.*?)(?:\s+(asc|desc))?\s*$/is.exec(item) as unknown as [string, string, string?];
  return { field_name: field, ascending: direction?.toLowerCase() !== "desc" };
}
