import { InvalidInputError, messages, type ModelVersion, toModelVersionStage, validateKey } from "../../../core";
import { requireRegisteredModelName, requireRegistry, toRegistryTag, toVersion } from "../../../tracking";
import { fileAnswer } from "../artifacts";
import type { Backend } from "../backend";
import { filterText, flag, integer, list, preset, required, text } from "../fields";
import { listForm, modelVersionForm } from "../wire";
import { requirePromptSource, requireReachableSource } from "./model-source";
import { fileRoute, jsonRoute, type Route } from "./route";
import { pairs } from "./wire-messages";

const subject = "model versions";

/** What names a version. */
const named = { name: required(text()), version: required(text()) };

/** The versions of registered models. */
export const MODEL_VERSION_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Adds a version to a registered model.",
    methods: ["POST"],
    path: "mlflow/model-versions/create",
    fields: {
      name: required(text()),
      source: required(text()),
      run_id: text(),
      tags: pairs(),
      run_link: text(),
      description: text(),
      model_id: text(),
    },
    async answer({ name, source, run_id, tags, run_link, description, model_id }, backend) {
      requireRegisteredModelName(name);
      const own = tags.map(({ key, value }) => toRegistryTag(key, value));
      const { store, registry } = backend;
      const known = { source, runId: run_id || undefined, modelId: model_id || undefined };
      const isPrompt = own.some(({ key, value }) => key === PROMPT_TAG && value.toLowerCase() === "true");
      if (isPrompt) requirePromptSource(source);
      else await requireReachableSource(known, backend);
      const { lookUpSource, linkVersion } = requireRegistry();
      const place = registry.looksUpSources || isPrompt ? known : await lookUpSource(known, store, registry);
      const version = await registry.createModelVersion(name, {
        ...place,
        runLink: run_link || undefined,
        description,
        tags: own,
      });
      if (!registry.looksUpSources) await linkVersion(store, version);
      return { model_version: await complete(version, backend) };
    },
  }),
  jsonRoute({
    subject,
    summary: "A version by its number.",
    methods: ["GET"],
    path: "mlflow/model-versions/get",
    fields: named,
    answer: async ({ name, version }, backend) => ({
      model_version: await complete(await backend.registry.getModelVersion(name, toVersion(version)), backend),
    }),
  }),
  jsonRoute({
    subject,
    summary: "The versions that pass a filter, a page of them.",
    methods: ["GET"],
    path: "mlflow/model-versions/search",
    fields: {
      filter: filterText(),
      max_results: preset(integer(), 200_000),
      order_by: list(text()),
      page_token: text(),
    },
    async answer({ filter, max_results, order_by, page_token }, { registry, store }) {
      const { items, nextPageToken } = await registry.searchModelVersions({
        filter,
        maxResults: max_results,
        orderBy: order_by,
        pageToken: page_token,
      });
      const versions = await requireRegistry().withModelData(items, store);
      return { model_versions: listForm(versions.map(modelVersionForm)), next_page_token: nextPageToken };
    },
  }),
  jsonRoute({
    subject,
    summary: "Where a version's files are.",
    methods: ["GET"],
    path: "mlflow/model-versions/get-download-uri",
    fields: named,
    answer: async ({ name, version }, { registry }) => ({
      artifact_uri: await registry.getModelVersionDownloadUri(name, toVersion(version)),
    }),
  }),
  jsonRoute({
    subject,
    summary: "Gives a version another description.",
    methods: ["PATCH"],
    path: "mlflow/model-versions/update",
    fields: { ...named, description: text() },
    answer: async ({ name, version, description }, backend) => ({
      model_version: await complete(
        await backend.registry.updateModelVersion(name, toVersion(version), { description }),
        backend,
      ),
    }),
  }),
  jsonRoute({
    subject,
    summary: "Moves a version to a stage.",
    methods: ["POST"],
    path: "mlflow/model-versions/transition-stage",
    fields: { ...named, stage: required(text()), archive_existing_versions: preset(flag(), false) },
    async answer({ name, version, stage, archive_existing_versions }, backend) {
      const target = toModelVersionStage(stage);
      if (archive_existing_versions && target !== "Staging" && target !== "Production")
        throw new InvalidInputError(messages.cannotArchive(target));
      const moved = await backend.registry.transitionModelVersionStage(name, toVersion(version), target, {
        archiveExistingVersions: archive_existing_versions,
      });
      return { model_version: await complete(moved, backend) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Deletes a version with its aliases; its number is not given again.",
    methods: ["DELETE"],
    path: "mlflow/model-versions/delete",
    fields: named,
    async answer({ name, version }, { registry }) {
      await registry.deleteModelVersion(name, toVersion(version));
    },
  }),
  jsonRoute({
    subject,
    summary: "Sets a tag of a version.",
    methods: ["POST"],
    path: "mlflow/model-versions/set-tag",
    fields: { ...named, key: required(text()), value: preset(text(), "") },
    async answer({ name, version, key, value }, { registry }) {
      await registry.setModelVersionTag(name, toVersion(version), toRegistryTag(key, value));
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes a tag of a version.",
    methods: ["DELETE"],
    path: "mlflow/model-versions/delete-tag",
    fields: { ...named, key: required(text()) },
    async answer({ name, version, key }, { registry }) {
      validateKey("tag", key);
      await registry.deleteModelVersionTag(name, toVersion(version), key);
    },
  }),
  fileRoute({
    subject,
    summary: "A file of a version's artifacts.",
    methods: ["GET"],
    path: "model-versions/get-artifact",
    place: "root",
    fields: { ...named, path: required(text()) },
    async respond({ name, version, path }, { registry, artifacts }) {
      return fileAnswer(artifacts.open(await registry.getModelVersionDownloadUri(name, toVersion(version))), path);
    },
  }),
];

const PROMPT_TAG = "mlflow.prompt.is_prompt";

/** A version with the params and metrics of its model, where the store has that, as it is sent. */
async function complete(version: ModelVersion, { store }: Backend): Promise<object> {
  const [whole = version] = await requireRegistry().withModelData([version], store);
  return modelVersionForm(whole);
}
