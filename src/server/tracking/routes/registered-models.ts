import { toModelVersionStage, validateKey } from "../../../core";
import { requireAlias, requireRegisteredModelName, requireRegistry, toRegistryTag, toVersion } from "../../../tracking";
import { filterText, integer, list, preset, required, text } from "../fields";
import { listForm, modelVersionForm, registeredModelForm } from "../wire";
import { jsonRoute, type Route } from "./route";
import { pairs } from "./wire-messages";

const subject = "registered models";

/** Registered models, their tags and aliases. */
export const REGISTERED_MODEL_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Creates a registered model, without versions yet.",
    methods: ["POST"],
    path: "mlflow/registered-models/create",
    fields: { name: required(text()), tags: pairs(), description: text(), deployment_job_id: text() },
    async answer({ name, tags, description }, { registry }) {
      requireRegisteredModelName(name);
      const own = tags.map(({ key, value }) => toRegistryTag(key, value));
      return {
        registered_model: registeredModelForm(await registry.createRegisteredModel(name, { tags: own, description })),
      };
    },
  }),
  jsonRoute({
    subject,
    summary: "Gives a registered model another name.",
    methods: ["POST"],
    path: "mlflow/registered-models/rename",
    fields: { name: required(text()), new_name: required(text()) },
    async answer({ name, new_name }, { registry }) {
      requireRegisteredModelName(new_name);
      return { registered_model: registeredModelForm(await registry.renameRegisteredModel(name, new_name)) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Gives a registered model another description.",
    methods: ["PATCH"],
    path: "mlflow/registered-models/update",
    fields: { name: required(text()), description: text(), deployment_job_id: text() },
    answer: async ({ name, description }, { registry }) => ({
      registered_model: registeredModelForm(await registry.updateRegisteredModel(name, { description })),
    }),
  }),
  jsonRoute({
    subject,
    summary: "Removes a registered model for good, with its versions.",
    methods: ["DELETE"],
    path: "mlflow/registered-models/delete",
    fields: { name: required(text()) },
    async answer({ name }, { registry }) {
      await registry.deleteRegisteredModel(name);
    },
  }),
  jsonRoute({
    subject,
    summary: "A registered model.",
    methods: ["GET"],
    path: "mlflow/registered-models/get",
    fields: { name: required(text()) },
    answer: async ({ name }, { registry }) => ({
      registered_model: registeredModelForm(await registry.getRegisteredModel(name)),
    }),
  }),
  jsonRoute({
    subject,
    summary: "The registered models that pass a filter, a page of them.",
    methods: ["GET"],
    path: "mlflow/registered-models/search",
    fields: { filter: filterText(), max_results: integer(), order_by: list(text()), page_token: text() },
    async answer({ filter, max_results, order_by, page_token }, { registry }) {
      const { items, nextPageToken } = await registry.searchRegisteredModels({
        filter,
        maxResults: max_results,
        orderBy: order_by,
        pageToken: page_token,
      });
      return { registered_models: listForm(items.map(registeredModelForm)), next_page_token: nextPageToken };
    },
  }),
  jsonRoute({
    subject,
    summary: "The newest version in each stage.",
    methods: ["POST", "GET"],
    path: "mlflow/registered-models/get-latest-versions",
    fields: { name: required(text()), stages: list(text()) },
    async answer({ name, stages }, { registry, store }) {
      const known = stages.length === 0 ? undefined : stages.map(toModelVersionStage);
      const versions = await registry.getLatestVersions(name, known);
      return {
        model_versions: listForm((await requireRegistry().withModelData(versions, store)).map(modelVersionForm)),
      };
    },
  }),
  jsonRoute({
    subject,
    summary: "Sets a tag of a registered model.",
    methods: ["POST"],
    path: "mlflow/registered-models/set-tag",
    fields: { name: required(text()), key: required(text()), value: preset(text(), "") },
    async answer({ name, key, value }, { registry }) {
      await registry.setRegisteredModelTag(name, toRegistryTag(key, value));
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes a tag of a registered model.",
    methods: ["DELETE"],
    path: "mlflow/registered-models/delete-tag",
    fields: { name: required(text()), key: required(text()) },
    async answer({ name, key }, { registry }) {
      validateKey("tag", key);
      await registry.deleteRegisteredModelTag(name, key);
    },
  }),
  jsonRoute({
    subject,
    summary: "Lets an alias name a version.",
    methods: ["POST"],
    path: "mlflow/registered-models/alias",
    fields: { name: required(text()), alias: required(text()), version: required(text()) },
    async answer({ name, alias, version }, { registry }) {
      requireAlias(alias, "set");
      await registry.setRegisteredModelAlias(name, alias, toVersion(version));
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes an alias.",
    methods: ["DELETE"],
    path: "mlflow/registered-models/alias",
    fields: { name: required(text()), alias: required(text()) },
    async answer({ name, alias }, { registry }) {
      requireAlias(alias, "read");
      await registry.deleteRegisteredModelAlias(name, alias);
    },
  }),
  jsonRoute({
    subject,
    summary: "The version that an alias names.",
    methods: ["GET"],
    path: "mlflow/registered-models/alias",
    fields: { name: required(text()), alias: required(text()) },
    async answer({ name, alias }, { registry, store }) {
      requireAlias(alias, "read");
      const version = await registry.getModelVersionByAlias(name, alias);
      return {
        model_version: (await requireRegistry().withModelData([version], store)).map(modelVersionForm)[0],
      };
    },
  }),
];
