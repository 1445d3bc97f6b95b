import { InvalidInputError, messages, newRunName, validateKey, loggedModelStatusOf } from "../../../core";
import { toParam, toTag } from "../../../tracking";
import { fileAnswer } from "../artifacts";
import { filterText, inPath, integer, list, message, preset, required, text } from "../fields";
import { listForm, loggedModelForm } from "../wire";
import { filesIn } from "./artifacts";
import { fileRoute, jsonRoute, type Route } from "./route";
import { loggedModelStatus, orderItem, pairs } from "./wire-messages";

const subject = "logged models";
const model_id = inPath();

/** LoggedModels: models as runs log them. */
export const LOGGED_MODEL_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Creates a LoggedModel, PENDING until it is given a final status.",
    methods: ["POST"],
    path: "mlflow/logged-models",
    fields: {
      experiment_id: required(text()),
      name: text(),
      model_type: text(),
      source_run_id: text(),
      params: pairs(),
      tags: pairs(),
    },
    async answer({ experiment_id, name, model_type, source_run_id, params, tags }, { store }) {
      if (name && /[/:.%"']/.test(name)) throw new InvalidInputError(messages.badModelName(name));
      const model = await store.createLoggedModel({
        experimentId: experiment_id,
        name: name || newRunName(),
        modelType: model_type || undefined,
        sourceRunId: source_run_id || undefined,
        params: params.map(({ key, value }) => toParam(key, value)),
        tags: tags.map(({ key, value }) => toTag(key, value)),
      });
      return { model: loggedModelForm(model) };
    },
  }),
  jsonRoute({
    subject,
    summary: "The LoggedModels of some experiments that pass a filter, a page of them.",
    methods: ["POST"],
    path: "mlflow/logged-models/search",
    fields: {
      experiment_ids: required(list(text())),
      filter: filterText(),
      datasets: list(message({ dataset_name: required(text()), dataset_digest: text() })),
      max_results: preset(integer(), 50),
      order_by: list(orderItem()),
      page_token: text(),
    },
    async answer({ experiment_ids, filter, datasets, max_results, order_by, page_token }, { store }) {
      const { items, nextPageToken } = await store.searchLoggedModels(experiment_ids, {
        filter,
        datasets: datasets.map(({ dataset_name, dataset_digest }) => ({
          name: dataset_name,
          // Absent: of whatever digest.
          digest: dataset_digest || undefined,
        })),
        maxResults: max_results,
        orderBy: order_by.map(({ field_name, ascending }) => orderOf(field_name, ascending)),
        pageToken: page_token,
      });
      return { models: listForm(items.map(loggedModelForm)), next_page_token: nextPageToken };
    },
  }),
  jsonRoute({
    subject,
    summary: "A LoggedModel.",
    methods: ["GET"],
    path: "mlflow/logged-models/{model_id}",
    fields: { model_id },
    answer: async (values, { store }) => ({ model: loggedModelForm(await store.getLoggedModel(values.model_id)) }),
  }),
  jsonRoute({
    subject,
    summary: "Gives a LoggedModel its final status.",
    methods: ["PATCH"],
    path: "mlflow/logged-models/{model_id}",
    fields: { model_id, status: required(loggedModelStatus()) },
    answer: async ({ model_id: id, status }, { store }) => ({
      model: loggedModelForm(await store.finalizeLoggedModel(id, loggedModelStatusOf(status))),
    }),
  }),
  jsonRoute({
    subject,
    summary: "Marks a LoggedModel deleted.",
    methods: ["DELETE"],
    path: "mlflow/logged-models/{model_id}",
    fields: { model_id },
    async answer(values, { store }) {
      await store.deleteLoggedModel(values.model_id);
    },
  }),
  jsonRoute({
    subject,
    summary: "Sets tags of a LoggedModel.",
    methods: ["PATCH"],
    path: "mlflow/logged-models/{model_id}/tags",
    fields: { model_id, tags: pairs() },
    async answer({ model_id: id, tags }, { store }) {
      await store.setLoggedModelTags(
        id,
        tags.map(({ key, value }) => toTag(key, value)),
      );
      return { model: loggedModelForm(await store.getLoggedModel(id)) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes a tag of a LoggedModel.",
    methods: ["DELETE"],
    path: "mlflow/logged-models/{model_id}/tags/{tag_key}",
    fields: { model_id, tag_key: inPath() },
    async answer({ model_id: id, tag_key }, { store }) {
      validateKey("tag", tag_key);
      await store.deleteLoggedModelTag(id, tag_key);
    },
  }),
  jsonRoute({
    subject,
    summary: "Adds params to a LoggedModel.",
    methods: ["POST"],
    path: "mlflow/logged-models/{model_id}/params",
    fields: { model_id, params: pairs() },
    async answer({ model_id: id, params }, { store }) {
      await store.logLoggedModelParams(
        id,
        params.map(({ key, value }) => toParam(key, value)),
      );
    },
  }),
  jsonRoute({
    subject,
    summary: "The files and folders directly below a folder of a LoggedModel's artifacts.",
    methods: ["GET"],
    path: "mlflow/logged-models/{model_id}/artifacts/directories",
    fields: { model_id, artifact_directory_path: text(), page_token: text() },
    async answer({ model_id: id, artifact_directory_path }, backend) {
      const { artifactLocation } = await backend.store.getLoggedModel(id);
      return { root_uri: artifactLocation, files: await filesIn(backend, artifactLocation, artifact_directory_path) };
    },
  }),
  fileRoute({
    subject,
    summary: "A file of a LoggedModel's artifacts.",
    methods: ["GET"],
    path: "mlflow/logged-models/{model_id}/artifacts/files",
    place: "page",
    fields: { model_id, artifact_file_path: required(text()) },
    async respond({ model_id: id, artifact_file_path }, { store, artifacts }) {
      return fileAnswer(artifacts.open((await store.getLoggedModel(id)).artifactLocation), artifact_file_path);
    },
  }),
];

/** An item of an order, as searches read it; a metric's name may hold what their language has a meaning for. */
function orderOf(field: string, isAscending: boolean): string {
  const direction = isAscending ? "ASC" : "DESC";
  const [, entity, name] = /^(metrics?|params?|tags?|attributes?)\.([^`"]+)$/s.exec(field) ?? [];
  return entity === undefined ? `${field} ${direction}` : `${entity}.\`${name}\` ${direction}`;
}
