import type { Metric, RunEntity } from "../../../core";
import { describeMetric, type Markup, markup, metricChartView } from "../../../view";
import type { Backend } from "../backend";
import { partLinks } from "./list-part";

/** Metrics that one page draws: whole rows of two and of three. */
const MOST = 30;
/** More points than a curve is wide. */
const POINTS = 1000;

type Histories = Readonly<Record<string, readonly Metric[]>>;

/** A run with those of its histories that are drawn. */
export interface DrawnRun {
  readonly run: RunEntity;
  readonly histories: Histories;
}

/** Which metrics of some runs a page draws. */
export interface DrawnMetrics {
  readonly keys: readonly string[];
  /** The position of the first among all, from 1. */
  readonly first: number;
  readonly total: number;
}

/** The metrics of runs that a page draws from the `first` on: those that can have a curve before single values, those of the machine last. */
export function drawnMetrics(runs: readonly RunEntity[], first: number): DrawnMetrics {
  const ranks = new Map<string, number>();
  for (const { key, step } of runs.flatMap(({ data }) => data.latestMetrics)) {
    const rank = (key.startsWith("system/") ? 2 : 0) + (step === 0 ? 1 : 0);
    ranks.set(key, Math.min(rank, ranks.get(key) ?? rank));
  }
  const keys = [...ranks].sort(([, a], [, b]) => a - b).map(([key]) => key);
  const from = first <= keys.length ? first : 1;
  return { keys: keys.slice(from - 1, from - 1 + MOST), first: from, total: keys.length };
}

/** The histories of these metrics of a run, as they are drawn. */
export async function historiesOf(
  { histories: read }: Backend,
  { info, data }: RunEntity,
  keys: readonly string[],
): Promise<Histories> {
  const histories: Record<string, readonly Metric[]> = {};
  for (const key of keys.filter((one) => Object.hasOwn(data.metrics, one)))
    histories[key] = await read.sampled(info.runId, key, POINTS);
  return histories;
}

/** A chart for each of the metrics that has a curve in some run, and the way to the others. `address` leads to those from a position on. */
export function metricCharts(
  runs: readonly DrawnRun[],
  { keys, first, total }: DrawnMetrics,
  address: (query: { readonly from?: string }) => string,
): Markup {
  const charts = keys.flatMap((key) => {
    const drawn = runs.map(({ run, histories }) => ({ run, history: histories[key] ?? [] }));
    if (!drawn.some(({ history }) => history.length > 1)) return [];
    return metricChartView.fragment(describeMetric(key, drawn), { now: 0, isPage: true });
  });
  const last = first + keys.length - 1;
  const next = last < total ? address({ from: String(last + 1) }) : undefined;
  const ways = { first, count: Math.min(MOST, total - last), start: address({}), next };
  const which = `metrics ${first}–${last} of ${total}${charts.length === 0 ? ", each with one value and no curve" : ""}`;
  return markup`${partLinks(ways, which)}<div class="two">${charts}</div>${partLinks(ways)}`;
}
