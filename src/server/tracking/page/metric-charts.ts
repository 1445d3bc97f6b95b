import type { Metric, RunEntity } from "../../../core";
import { describeMetric, type Markup, markup, metricChartView } from "../../../view";
import type { Backend } from "../backend";

/** Charts on one page; the rest is in the table of metrics. */
const MOST = 40;
/** More points than a curve is wide. */
const POINTS = 1000;

type Histories = Readonly<Record<string, readonly Metric[]>>;

/** The histories of a run's metrics as they are drawn, those of the machine last. */
export async function historiesOf({ store }: Backend, { info, data }: RunEntity): Promise<Histories> {
  const keys = Object.keys(data.metrics).sort((a, b) => Number(isOfMachine(a)) - Number(isOfMachine(b)));
  const histories: Record<string, readonly Metric[]> = {};
  for (const key of keys.slice(0, MOST))
    histories[key] = (await store.getMetricHistory(info.runId, key, { about: POINTS })).items;
  return histories;
}

const isOfMachine = (key: string): boolean => key.startsWith("system/");

/** A chart for each metric that has a curve in some run. */
export function metricCharts(runs: readonly { readonly run: RunEntity; readonly histories: Histories }[]): Markup {
  const keys = [...new Set(runs.flatMap(({ histories }) => Object.keys(histories)))];
  const charts = keys.flatMap((key) => {
    const drawn = runs.map(({ run, histories }) => ({ run, history: histories[key] ?? [] }));
    if (!drawn.some(({ history }) => history.length > 1)) return [];
    return metricChartView.fragment(describeMetric(key, drawn), { now: 0 });
  });
  return markup`<div class="two">${charts}</div>`;
}
