import { InvalidInputError, LIMITS, messages, type ModelVersion } from "../../core";
import type { RemoteRegistryStore } from "../registry-store";
import { PROMPT_TAG, quoted } from "../../search";
import { type Connection, connect } from "./connection";
import { toPage } from "./to-page";
import type { RestStoreOptions } from "./rest-store";
import { toModelVersion, toRegisteredModel, type WireModelVersion, type WireRegisteredModel } from "./wire";

/**
 * The model registry of a tracking server, by its HTTP API. Nothing is asked by opening it.
 *
 * @example await restRegistry({ uri: "http://127.0.0.1:5000" }).getModelVersionByAlias("wine", "champion");
 */
export function restRegistry({ uri }: RestStoreOptions): RemoteRegistryStore {
  const connection = connect(uri);
  return {
    kind: "rest",
    uri: connection.uri,
    isRemote: true,
    looksUpSources: true,
    ...modelOperations(connection),
    ...versionOperations(connection),
  };
}

type VersionOperation = Extract<keyof RemoteRegistryStore, `${string}ModelVersion${string}` | "getLatestVersions">;
type ModelOperation = Exclude<
  keyof RemoteRegistryStore,
  VersionOperation | "kind" | "uri" | "isRemote" | "looksUpSources"
>;

interface ModelAnswer {
  readonly registered_model: WireRegisteredModel;
}

interface VersionPage {
  readonly model_versions?: WireModelVersion[];
  readonly next_page_token?: string;
}

interface VersionAnswer {
  readonly model_version: WireModelVersion;
}

function modelOperations({ call }: Connection): Pick<RemoteRegistryStore, ModelOperation> {
  return {
    createRegisteredModel: async (name, options = {}) => {
      const body = { name, tags: options.tags, description: options.description };
      return toRegisteredModel((await call<ModelAnswer>("POST", "registered-models/create", body)).registered_model);
    },
    getRegisteredModel: async (name) =>
      toRegisteredModel((await call<ModelAnswer>("GET", "registered-models/get", { name })).registered_model),
    searchRegisteredModels: async ({ filter, orderBy, maxResults, pageToken }) => {
      const page = await call<{ registered_models?: WireRegisteredModel[]; next_page_token?: string }>(
        "GET",
        "registered-models/search",
        {
          filter,
          order_by: orderBy,
          max_results: maxResults ?? LIMITS.registeredModelsDefaultResults,
          page_token: pageToken,
        },
      );
      return toPage((page.registered_models ?? []).map(toRegisteredModel), page.next_page_token);
    },
    renameRegisteredModel: async (name, newName) => {
      const body = { name, new_name: newName };
      return toRegisteredModel((await call<ModelAnswer>("POST", "registered-models/rename", body)).registered_model);
    },
    updateRegisteredModel: async (name, { description = "" }) => {
      const body = { name, description };
      return toRegisteredModel((await call<ModelAnswer>("PATCH", "registered-models/update", body)).registered_model);
    },
    deleteRegisteredModel: async (name) => {
      await call("DELETE", "registered-models/delete", { name });
    },
    setRegisteredModelTag: async (name, { key, value }) => {
      await call("POST", "registered-models/set-tag", { name, key, value });
    },
    deleteRegisteredModelTag: async (name, key) => {
      await call("DELETE", "registered-models/delete-tag", { name, key });
    },
    setRegisteredModelAlias: async (name, alias, version) => {
      await call("POST", "registered-models/alias", { name, alias, version: String(version) });
    },
    deleteRegisteredModelAlias: async (name, alias) => {
      await call("DELETE", "registered-models/alias", { name, alias });
    },
  };
}

function versionOperations({ call }: Connection): Pick<RemoteRegistryStore, VersionOperation> {
  const answered = async (answer: Promise<VersionAnswer>): Promise<ModelVersion> =>
    toModelVersion((await answer).model_version);
  const newest = async (name: string, isPrompt: boolean, most: number): Promise<readonly WireModelVersion[]> => {
    const filter = `name = ${quoted(name)}${isPrompt ? ` AND tags.\`${PROMPT_TAG}\` = 'true'` : ""}`;
    const query = { filter, order_by: ["version_number DESC"], max_results: most };
    return (await call<VersionPage>("GET", "model-versions/search", query)).model_versions ?? [];
  };
  return {
    getLatestVersions: async (name, stages) => {
      const body = { name, stages };
      const answer = await call<{ model_versions?: WireModelVersion[] }>(
        "POST",
        "registered-models/get-latest-versions",
        body,
      );
      return (answer.model_versions ?? []).map(toModelVersion);
    },
    createModelVersion: async (name, { source, runId, runLink, description, tags, modelId }) => {
      const body = { name, source, run_id: runId, run_link: runLink, description, tags, model_id: modelId };
      const isPrompt = tags?.some(({ key, value }) => key === PROMPT_TAG && value === "true") ?? false;
      const latest = (await newest(name, isPrompt, 1))[0]?.version ?? 0;
      const mine = (made: WireModelVersion) =>
        Number(made.version) > Number(latest) && made.source === source && (!runId || made.run_id === runId);
      // A version made by an attempt whose answer was lost.
      const beforeRetry = async () => {
        const made = (await newest(name, isPrompt, 100)).find(mine);
        return made && { model_version: made };
      };
      return answered(call<VersionAnswer>("POST", "model-versions/create", body, { beforeRetry }));
    },
    getModelVersion: (name, version) => answered(call("GET", "model-versions/get", { name, version: String(version) })),
    getModelVersionByAlias: async (name, alias) => {
      const answer = await call<Partial<VersionAnswer>>("GET", "registered-models/alias", { name, alias });
      if (!answer.model_version) throw new InvalidInputError(messages.aliasNotFound(name, alias, [], undefined));
      return toModelVersion(answer.model_version);
    },
    getModelVersionDownloadUri: async (name, version) => {
      const query = { name, version: String(version) };
      const { artifact_uri: uri } = await call<{ artifact_uri: string }>(
        "GET",
        "model-versions/get-download-uri",
        query,
      );
      return uri;
    },
    searchModelVersions: async ({ filter, orderBy, maxResults, pageToken }) => {
      const page = await call<VersionPage>("GET", "model-versions/search", {
        filter,
        order_by: orderBy,
        max_results: maxResults ?? LIMITS.modelVersionsDefaultResults,
        page_token: pageToken,
      });
      return toPage((page.model_versions ?? []).map(toModelVersion), page.next_page_token);
    },
    updateModelVersion: (name, version, { description = "" }) =>
      answered(call("PATCH", "model-versions/update", { name, version: String(version), description })),
    transitionModelVersionStage: (name, version, stage, { archiveExistingVersions = false } = {}) =>
      answered(
        call("POST", "model-versions/transition-stage", {
          name,
          version: String(version),
          stage,
          archive_existing_versions: archiveExistingVersions,
        }),
      ),
    deleteModelVersion: async (name, version) => {
      await call("DELETE", "model-versions/delete", { name, version: String(version) });
    },
    setModelVersionTag: async (name, version, { key, value }) => {
      await call("POST", "model-versions/set-tag", { name, version: String(version), key, value });
    },
    deleteModelVersionTag: async (name, version, key) => {
      await call("DELETE", "model-versions/delete-tag", { name, version: String(version), key });
    },
  };
}
