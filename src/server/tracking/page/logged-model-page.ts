import { type LoggedModel, now } from "../../../core";
import {
  describeModel,
  formatAbsoluteTime,
  formatNumber,
  formatParam,
  type Markup,
  markup,
  modelCardView,
} from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { artifactCards, artifactsOfModel } from "./artifact-cards";
import { factsCard, layout } from "./layout";

/** The page of a LoggedModel: what it is, where it comes from, how it did, its files. */
export async function loggedModelPage(
  backend: Backend,
  addresses: Addresses,
  { modelId, path }: { readonly modelId: string; readonly path: string },
): Promise<string> {
  const { store } = backend;
  const model = await store.getLoggedModel(modelId);
  const experiment = await store.getExperiment(model.experimentId);
  const { sourceRunId } = model;
  const run = sourceRunId ? await Promise.resolve(store.getRun(sourceRunId)).catch(() => undefined) : undefined;
  const card = {
    ...describeModel(model),
    ...(model.status === "READY" && { loadCall: `await loadModel(${JSON.stringify(`models:/${modelId}`)})` }),
    ...(run && { runName: run.info.runName, runHref: addresses.run(run.info.experimentId, run.info.runId) }),
  };
  const way = [
    { name: experiment.name, href: addresses.experiment(model.experimentId) },
    { name: model.name || modelId },
  ];
  return layout(addresses, "experiments", way, [
    modelCardView.fragment(card, { now: now(), isPage: true }),
    await artifactCards(backend, artifactsOfModel(addresses, model), path),
    factsCard("about the model", factsOf(model)),
  ]);
}

function factsOf(model: LoggedModel): readonly (readonly [string, string | Markup])[] {
  return [
    ["model id", markup`<code>${model.modelId}</code>`],
    ["created", formatAbsoluteTime(model.creationTimestamp)],
    ["artifacts", markup`<code>${model.artifactLocation}</code>`],
    ...model.metrics.map(
      ({ key, value, datasetName }) =>
        [
          datasetName ? `${key} (${datasetName})` : key,
          markup`<span title="${value}">${formatNumber(value)}</span>`,
        ] as const,
    ),
    ...Object.entries(model.params).map(
      ([key, value]) => [key, markup`<span title="${value}">${formatParam(value)}</span>`] as const,
    ),
    ...Object.entries(model.tags).map(([key, value]) => [key, value.slice(0, 2000)] as const),
  ];
}
