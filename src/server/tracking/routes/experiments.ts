import { LIMITS, messages, StoreError } from "../../../core";
import { requireExperimentName, toExperimentTag } from "../../../tracking";
import { filterText, integer, list, preset, required, text } from "../fields";
import { experimentForm, listForm } from "../wire";
import { jsonRoute, type Route } from "./route";
import { pairs, viewType } from "./wire-messages";

const subject = "experiments";

/** Experiments: what groups runs. */
export const EXPERIMENT_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Creates an experiment.",
    methods: ["POST"],
    path: "mlflow/experiments/create",
    fields: { name: required(text()), artifact_location: text(), tags: pairs() },
    async answer({ name, artifact_location, tags }, { store, artifacts }) {
      requireExperimentName(name);
      const artifactLocation = artifact_location || undefined;
      if (artifactLocation !== undefined) artifacts.requireLocation(artifactLocation);
      const own = tags.map(({ key, value }) => toExperimentTag(key, value));
      return { experiment_id: await store.createExperiment(name, { artifactLocation, tags: own }) };
    },
  }),
  jsonRoute({
    subject,
    summary: "The experiments that pass a filter, a page of them.",
    methods: ["POST", "GET"],
    path: "mlflow/experiments/search",
    fields: {
      max_results: required(integer({ least: 1, most: LIMITS.searchMaxResults })),
      page_token: text(),
      filter: filterText(),
      order_by: list(text()),
      view_type: viewType(),
    },
    async answer({ max_results, page_token, filter, order_by, view_type }, { store }) {
      const { items, nextPageToken } = await store.searchExperiments({
        maxResults: max_results,
        pageToken: page_token,
        filter,
        orderBy: order_by,
        viewType: view_type,
      });
      return { experiments: listForm(items.map(experimentForm)), next_page_token: nextPageToken };
    },
  }),
  jsonRoute({
    subject,
    summary: "An experiment by its id.",
    methods: ["GET"],
    path: "mlflow/experiments/get",
    fields: { experiment_id: required(text()) },
    answer: async ({ experiment_id }, { store }) => ({
      experiment: experimentForm(await store.getExperiment(experiment_id)),
    }),
  }),
  jsonRoute({
    subject,
    summary: "An experiment by its name.",
    methods: ["GET"],
    path: "mlflow/experiments/get-by-name",
    fields: { experiment_name: required(text()) },
    async answer({ experiment_name }, { store }) {
      const found = await store.getExperimentByName(experiment_name);
      if (!found) throw new StoreError(messages.experimentNotFound(experiment_name));
      return { experiment: experimentForm(found) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Marks an experiment deleted, and its runs.",
    methods: ["POST"],
    path: "mlflow/experiments/delete",
    fields: { experiment_id: required(text()) },
    answer: ({ experiment_id }, { store }) => done(store.deleteExperiment(experiment_id)),
  }),
  jsonRoute({
    subject,
    summary: "Brings a deleted experiment back, and its runs.",
    methods: ["POST"],
    path: "mlflow/experiments/restore",
    fields: { experiment_id: required(text()) },
    answer: ({ experiment_id }, { store }) => done(store.restoreExperiment(experiment_id)),
  }),
  jsonRoute({
    subject,
    summary: "Gives an experiment another name.",
    methods: ["POST"],
    path: "mlflow/experiments/update",
    fields: { experiment_id: required(text()), new_name: text() },
    async answer({ experiment_id, new_name }, { store }) {
      if (new_name === undefined) return;
      requireExperimentName(new_name);
      await store.renameExperiment(experiment_id, new_name);
    },
  }),
  jsonRoute({
    subject,
    summary: "Sets a tag of an experiment.",
    methods: ["POST"],
    path: "mlflow/experiments/set-experiment-tag",
    fields: { experiment_id: required(text()), key: required(text()), value: preset(text(), "") },
    answer: ({ experiment_id, key, value }, { store }) =>
      done(store.setExperimentTag(experiment_id, toExperimentTag(key, value))),
  }),
  jsonRoute({
    subject,
    summary: "Removes a tag of an experiment.",
    methods: ["POST"],
    path: "mlflow/experiments/delete-experiment-tag",
    fields: { experiment_id: required(text()), key: required(text()) },
    answer: ({ experiment_id, key }, { store }) => done(store.deleteExperimentTag(experiment_id, key)),
  }),
];

/** Waits for what answers nothing. */
const done = async (work: void | Promise<void>): Promise<void> => work;
