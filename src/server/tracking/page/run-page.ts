import { now, type RunEntity, TAGS } from "../../../core";
import { CARD_CURVES, describeRun, formatAbsoluteTime, type Markup, markup, runCardView } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { artifactCards, artifactsOfRun } from "./artifact-cards";
import { deletedCard, factsCard, layout } from "./layout";
import { firstOf } from "./list-part";
import { drawnMetrics, historiesOf, metricCharts } from "./metric-charts";

/** The page of a run: its card, its curves, its artifacts and its tags. */
export async function runPage(
  backend: Backend,
  addresses: Addresses,
  { runId, path, query }: { readonly runId: string; readonly path: string; readonly query: URLSearchParams },
): Promise<string> {
  const { store } = backend;
  const run = await store.getRun(runId);
  const { experimentId, runName } = run.info;
  const experiment = await store.getExperiment(experimentId);
  const drawn = drawnMetrics([run], firstOf(query));
  const onCard = run.data.latestMetrics.slice(0, CARD_CURVES).map(({ key }) => key);
  const histories = await historiesOf(backend, run, [...new Set([...onCard, ...drawn.keys])]);
  const time = now();
  const card = describeRun(run, { histories, experimentName: experiment.name, isDeletionSaid: true, now: time });
  const way = [{ name: experiment.name, href: addresses.experiment(experimentId) }, { name: runName || runId }];
  return layout(addresses, "experiments", way, [
    run.info.lifecycleStage === "deleted" && deletedCard("run", `trackbook runs restore --run-id ${runId}`),
    runCardView.fragment(card, { now: time }),
    await artifactCards(backend, artifactsOfRun(addresses, run), path),
    metricCharts([{ run, histories }], drawn, (from) => addresses.runCharts(experimentId, runId, from)),
    aboutRun(run, addresses),
  ]);
}

function aboutRun({ info, data, outputs }: RunEntity, addresses: Addresses): Markup {
  const parent = data.tags[TAGS.parentRun];
  const facts: (readonly [string, string | Markup])[] = [
    ["run id", markup`<code>${info.runId}</code>`],
    ["created", formatAbsoluteTime(info.startTime)],
    ["ended", info.endTime === undefined ? "—" : formatAbsoluteTime(info.endTime)],
    ["user", info.userId || "—"],
    ["artifacts", markup`<code>${info.artifactUri}</code>`],
    ...outputs.modelOutputs.map(
      ({ modelId }) =>
        [
          "logged model",
          markup`<a href="${addresses.loggedModel(info.experimentId, modelId)}"><code>models:/${modelId}</code></a>`,
        ] as const,
    ),
    ...(parent === undefined
      ? []
      : [["parent", markup`<a href="${addresses.run(info.experimentId, parent)}">${parent}</a>`] as const]),
    ...Object.entries(data.tags).map(([key, value]) => [key, value.slice(0, 2000)] as const),
  ];
  return factsCard("about the run, and its tags", facts);
}
