import { type DatasetInput, InvalidInputError, messages, type RunEntity, TAGS, validateStep } from "../../../core";
import { requireDatasetInput, toTag } from "../../../tracking";
import type { Backend } from "../backend";
import { integer, list, message, preset, required, runId, text, type Values } from "../fields";
import { listForm } from "../wire";
import { jsonRoute, type Route } from "./route";
import { datasetInput } from "./wire-messages";

const subject = "runs";

/** Of a request for data sets. */
const MAX_EXPERIMENTS = 20;
/** As MLflow. */
const MAX_SUMMARIES = 1000;
/** What a run used and made. */
export const RUN_INPUT_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Notes data sets and models that a run used.",
    methods: ["POST"],
    path: "mlflow/runs/log-inputs",
    fields: {
      run_id: required(text()),
      datasets: list(datasetInput()),
      models: list(message({ model_id: required(text()) })),
    },
    async answer({ run_id, datasets, models }, { store }) {
      const inputs = datasets.map(datasetInputOf);
      for (const input of inputs) requireDatasetInput(input);
      await store.logInputs(run_id, {
        datasets: inputs,
        models: models.map(({ model_id }) => ({ modelId: model_id })),
      });
    },
  }),
  jsonRoute({
    subject,
    summary: "Notes models that a run made.",
    methods: ["POST"],
    path: "mlflow/runs/outputs",
    fields: {
      run_id: required(text()),
      models: required(list(message({ model_id: required(text()), step: preset(integer(), 0) }))),
    },
    async answer({ run_id, models }, { store }) {
      for (const { model_id, step } of models) validateStep(model_id, step);
      await store.logOutputs(
        run_id,
        models.map(({ model_id, step }) => ({ modelId: model_id, step })),
      );
    },
  }),
  jsonRoute({
    subject,
    summary: "Notes a model as MLflow before 3 did: its MLmodel file, as JSON, in a tag of the run.",
    methods: ["POST"],
    path: "mlflow/runs/log-model",
    fields: { run_id: runId(), model_json: required(text()) },
    async answer({ run_id, model_json }, { store }) {
      const key = "mlflow.log-model.history";
      const noted = jsonOf((await store.getRun(run_id)).data.tags[key] ?? "[]");
      const model = jsonOf(model_json);
      if (typeof model !== "object" || model === null || Array.isArray(model))
        throw new InvalidInputError(messages.wrongField("model_json", model_json, "an MLmodel file as JSON"));
      const history = [...(Array.isArray(noted) ? noted : []), model];
      await store.logBatch(run_id, { tags: [toTag(key, JSON.stringify(history))] });
    },
  }),
  jsonRoute({
    subject: "experiments",
    summary: "The data sets that the runs of some experiments used.",
    methods: ["POST"],
    path: "mlflow/experiments/search-datasets",
    fields: { experiment_ids: required(list(text(), MAX_EXPERIMENTS)) },
    answer: async ({ experiment_ids }, backend) => ({
      dataset_summaries: listForm(await summarize(experiment_ids, backend)),
    }),
  }),
];

function datasetInputOf({ tags, dataset }: Values<{ one: ReturnType<typeof datasetInput> }>["one"] & {}): DatasetInput {
  const { name, digest, source_type, source, schema, profile } = dataset;
  return {
    dataset: { name, digest, sourceType: source_type, source, schema, profile },
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  };
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Each data set with each context that it was used in, once. */
async function summarize(experimentIds: readonly string[], { store }: Backend): Promise<readonly object[]> {
  const summaries = new Map<string, object>();
  let pageToken: string | undefined;
  do {
    const page = await store.searchRuns(experimentIds, { filter: "dataset.name LIKE '%'", pageToken });
    for (const run of page.items)
      for (const summary of summariesOf(run)) summaries.set(JSON.stringify(summary), summary);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && summaries.size < MAX_SUMMARIES);
  return [...summaries.values()].slice(0, MAX_SUMMARIES);
}

const summariesOf = ({ info, inputs }: RunEntity): readonly object[] =>
  inputs.datasetInputs.map(({ dataset, tags }) => ({
    experiment_id: info.experimentId,
    name: dataset.name,
    digest: dataset.digest,
    context: tags[TAGS.dataContext],
  }));
