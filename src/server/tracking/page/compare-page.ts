import { InvalidInputError, messages, now, type RunEntity } from "../../../core";
import {
  describeComparison,
  describeMetric,
  formatPlural,
  type Markup,
  markup,
  metricChartView,
  runComparisonView,
} from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout, type Step } from "./layout";
import { firstOf } from "./list-part";
import { drawnMetrics, historiesOf, metricCharts } from "./metric-charts";

const MOST = 20;

/** The page of several runs side by side: `?run=…&run=…`, or MLflow's `?runs=["…","…"]`. */
export async function comparePage(backend: Backend, addresses: Addresses, query: URLSearchParams): Promise<string> {
  const { runs, ids, rest } = await runsIn(backend, query);
  const drawn = drawnMetrics(runs, firstOf(query));
  const compared = await Promise.all(
    runs.map(async (run) => ({ run, histories: await historiesOf(backend, run, drawn.keys) })),
  );
  const time = now();
  const comparison = describeComparison(
    runs.map((run) => ({ run })),
    { now: time, title: "comparison", hasMore: rest.length > 0 },
  );
  const fragment = runComparisonView.fragment(
    {
      ...comparison,
      runs: comparison.runs.map((run, index) => ({
        ...run,
        href: addresses.run(runs[index]?.info.experimentId ?? "", run.runId),
      })),
    },
    { now: time, isPage: true },
  );
  const charts = metricCharts(compared, drawn, (from) => addresses.compare([...ids, ...rest], from));
  const way = [...(await wayOf(backend, addresses, runs)), { name: "compare" }];
  return layout(addresses, "experiments", way, [fragment, wayToOthers(addresses, rest), charts]);
}

/** The page of one metric of several runs: MLflow's `/metric/KEY?runs=[…]`, and its `/metric?runs=[…]&metric="KEY"`. */
export async function metricPage(
  backend: Backend,
  addresses: Addresses,
  { key, query }: { readonly key: string | undefined; readonly query: URLSearchParams },
): Promise<string> {
  const keys = key === undefined ? metricsIn(query) : [key];
  const { runs, ids, rest } = await runsIn(backend, query);
  const drawn = await Promise.all(runs.map(async (run) => ({ run, histories: await historiesOf(backend, run, keys) })));
  const charts = keys.map((one) =>
    metricChartView.fragment(
      describeMetric(
        one,
        drawn.map(({ run, histories }) => ({ run, history: histories[one] ?? [] })),
      ),
      { now: now(), isPage: true },
    ),
  );
  const all = [...ids, ...rest];
  const way = [
    ...(await wayOf(backend, addresses, runs)),
    { name: "compare", href: addresses.compare(all) },
    { name: keys.join(", ") },
  ];
  return layout(addresses, "experiments", way, [...charts, wayToOthers(addresses, rest)]);
}

/** The way to the runs that were too many for a page. */
const wayToOthers = (addresses: Addresses, rest: readonly string[]): Markup | false =>
  rest.length > 0 &&
  markup`<p class="below">${formatPlural(rest.length, "more run")} chosen: <a href="${addresses.compare(rest)}">compare ${rest.length === 1 ? "it" : "them"} →</a></p>`;

/** The runs that a page is asked about, and the ids of those that are too many for it. */
async function runsIn({ store }: Backend, query: URLSearchParams) {
  const all = [...new Set([...query.getAll("run"), ...listIn("runs", query.get("runs"))])];
  const ids = all.slice(0, MOST);
  const runs: RunEntity[] = [];
  for (const id of ids) runs.push(await store.getRun(id));
  return { runs, ids, rest: all.slice(MOST) };
}

/** The way to runs of one experiment. */
async function wayOf({ store }: Backend, addresses: Addresses, runs: readonly RunEntity[]): Promise<readonly Step[]> {
  const [id, ...others] = new Set(runs.map(({ info }) => info.experimentId));
  if (id === undefined || others.length > 0) return [];
  return [{ name: (await store.getExperiment(id)).name, href: addresses.experiment(id) }];
}

/** What MLflow's address of a chart names: several metrics, or one, as JSON. */
function metricsIn(query: URLSearchParams): readonly string[] {
  const several = query.get("plot_metric_keys");
  const one = query.get("metric");
  if (several === null && one === null) throw new InvalidInputError(messages.missingField("metric"));
  return several === null ? [(one ?? "").replace(/^"(.*)"$/, "$1")] : listIn("plot_metric_keys", several);
}

function listIn(field: string, text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map(String);
  } catch {
    // Told below.
  }
  throw new InvalidInputError(messages.wrongField(field, text, 'a list as JSON: ["…", "…"]'));
}
