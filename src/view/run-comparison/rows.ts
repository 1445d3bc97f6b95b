import { formatColumn, formatParam } from "../format";
import { bestPositions, directionOf } from "../metric-direction";
import type { MetricChart } from "../metric-chart";
import { keysOf, partKeys } from "../run-columns";
import type { RunComparison } from "./description";

/** One row of a comparison, a cell per run. */
export interface ComparedRow {
  readonly key: string;
  readonly texts: readonly (string | undefined)[];
  /** What was logged: of metrics numbers, of params texts. */
  readonly values: readonly (number | string | undefined)[];
  readonly best: ReadonlySet<number>;
  /** The row differs, among others that do not. */
  readonly isMarked: boolean;
}

/** The rows of a comparison, those first that differ. */
export interface ComparedRows {
  readonly metrics: readonly ComparedRow[];
  readonly params: readonly ComparedRow[];
  readonly equal: readonly ComparedRow[];
}

/** Parts a comparison into rows. */
export function comparedRows({ runs, allRows = false }: RunComparison): ComparedRows {
  const metricKeys = partKeys(runs.map(({ metrics }) => metrics));
  const paramKeys = partKeys(runs.map(({ params }) => params));
  const metric =
    (isMarked: boolean) =>
    (key: string): ComparedRow => {
      const values = runs.map(({ metrics }) => (Object.hasOwn(metrics, key) ? metrics[key] : undefined));
      return { key, values, texts: formatColumn(values), best: bestPositions(values, directionOf(key)), isMarked };
    };
  const param =
    (isMarked: boolean) =>
    (key: string): ComparedRow => {
      const values = runs.map(({ params }) => (Object.hasOwn(params, key) ? params[key] : undefined));
      const texts = values.map((value) => value && formatParam(value));
      return { key, values, texts, best: new Set(), isMarked };
    };
  const equalMetrics = metricKeys.equal.map(metric(false));
  const equalParams = paramKeys.equal.map(param(false));
  return {
    metrics: [...metricKeys.differing.map(metric(allRows)), ...(allRows ? equalMetrics : [])],
    params: [...paramKeys.differing.map(param(allRows)), ...(allRows ? equalParams : [])],
    equal: allRows ? [] : [...equalMetrics, ...equalParams],
  };
}

/** The metrics that more than one point was recorded of, as charts over all runs. */
export function comparedCharts({ runs, stepUnit }: RunComparison): readonly MetricChart[] {
  return keysOf(runs.map(({ histories }) => histories ?? {})).flatMap((key) => {
    const series = runs.map(({ name, runId, histories = {} }) => ({
      name,
      runId,
      points: (Object.hasOwn(histories, key) && histories[key]) || [],
    }));
    return series.some(({ points }) => points.length > 1) ? [{ key, series, stepUnit }] : [];
  });
}
