import { now, type RunEntity, TAGS } from "../../../core";
import { describeRun, formatAbsoluteTime, type Markup, markup, runCardView } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { artifactCards } from "./artifact-cards";
import { layout } from "./layout";
import { historiesOf, metricCharts } from "./metric-charts";

/** The page of a run: its card, its curves, its artifacts and its tags. */
export async function runPage(
  backend: Backend,
  addresses: Addresses,
  { runId, path }: { readonly runId: string; readonly path: string },
): Promise<string> {
  const { store } = backend;
  const run = await store.getRun(runId);
  const { experimentId, runName } = run.info;
  const experiment = await store.getExperiment(experimentId);
  const histories = await historiesOf(backend, run);
  const time = now();
  const card = describeRun(run, { histories, experimentName: experiment.name, now: time });
  const way = [{ name: experiment.name, href: addresses.experiment(experimentId) }, { name: runName || runId }];
  return layout(addresses, "experiments", way, [
    runCardView.fragment(card, { now: time }),
    await artifactCards(backend, addresses, run, path),
    metricCharts([{ run, histories }]),
    factsCard(run, addresses),
  ]);
}

function factsCard({ info, data, outputs }: RunEntity, addresses: Addresses): Markup {
  const parent = data.tags[TAGS.parentRun];
  const facts: (readonly [string, string | Markup])[] = [
    ["run id", markup`<code>${info.runId}</code>`],
    ["created", formatAbsoluteTime(info.startTime)],
    ["ended", info.endTime === undefined ? "—" : formatAbsoluteTime(info.endTime)],
    ["user", info.userId || "—"],
    ["artifacts", markup`<code>${info.artifactUri}</code>`],
    ...outputs.modelOutputs.map(({ modelId }) => ["logged model", markup`<code>models:/${modelId}</code>`] as const),
    ...(parent === undefined
      ? []
      : [["parent", markup`<a href="${addresses.run(info.experimentId, parent)}">${parent}</a>`] as const]),
    ...Object.entries(data.tags).map(([key, value]) => [key, value.slice(0, 2000)] as const),
  ];
  return markup`<section class="card"><details open><summary class="problem">about the run, and its tags</summary><dl class="facts">${facts.map(
    ([name, value]) => markup`<div><dt>${name}</dt> <dd>${value}</dd></div>`,
  )}</dl></details></section>`;
}
