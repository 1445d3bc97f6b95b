import { formatColumn, formatParam } from "../format";
import { bestPositions, directionOf, type MetricDirection } from "../metric-direction";
import { partKeys } from "../run-columns";
import type { RunTable, RunTableRow } from "./description";

/** A column of params. */
export interface ParamColumn {
  readonly key: string;
  /** As they were logged. */
  readonly values: readonly (string | undefined)[];
  /** As they are shown. */
  readonly texts: readonly (string | undefined)[];
  /** Every value present is a number, so the column is set to the right. */
  readonly isNumeric: boolean;
}

/** A column of metrics. */
export interface MetricColumn {
  readonly key: string;
  readonly values: readonly (number | undefined)[];
  readonly texts: readonly (string | undefined)[];
  readonly best: ReadonlySet<number>;
  readonly direction: MetricDirection | undefined;
}

/** The columns of a run table, and what was left out for being equal in every run. */
export interface RunTableColumns {
  readonly params: readonly ParamColumn[];
  readonly metrics: readonly MetricColumn[];
  readonly equalParams: readonly (readonly [key: string, value: string])[];
  readonly equalMetrics: readonly (readonly [key: string, value: number])[];
  readonly withEstimator: boolean;
}

/** Chooses the columns of a run table. */
export function runTableColumns({ rows, allColumns = false }: RunTable): RunTableColumns {
  const params = byCoverage(rows.map((row) => row.params));
  const metrics = byCoverage(rows.map((row) => row.metrics));
  const [first] = rows;
  return {
    params: [...params.differing, ...(allColumns ? params.equal : [])].map((key) => paramColumn(rows, key)),
    metrics: [...metrics.differing, ...(allColumns ? metrics.equal : [])].map((key) => metricColumn(rows, key)),
    equalParams: allColumns ? [] : params.equal.map((key) => [key, first?.params[key] ?? ""] as const),
    equalMetrics: allColumns ? [] : metrics.equal.map((key) => [key, first?.metrics[key] ?? Number.NaN] as const),
    withEstimator: new Set(rows.map((row) => row.estimator)).size > 1,
  };
}

/** What most runs have comes first: the columns that find no room should be the emptiest. */
function byCoverage(records: readonly Readonly<Record<string, unknown>>[]): ReturnType<typeof partKeys> {
  const { differing, equal } = partKeys(records);
  const coverage = (key: string) => records.filter((record) => Object.hasOwn(record, key)).length;
  return { differing: [...differing].sort((a, b) => coverage(b) - coverage(a)), equal };
}

function paramColumn(rows: readonly RunTableRow[], key: string): ParamColumn {
  const values = rows.map((row) => (Object.hasOwn(row.params, key) ? row.params[key] : undefined));
  const present = values.filter((value) => value !== undefined);
  const texts = values.map((value) => value && formatParam(value));
  return {
    key,
    values,
    texts,
    isNumeric: present.every((value) => value.trim() !== "" && Number.isFinite(Number(value))),
  };
}

function metricColumn(rows: readonly RunTableRow[], key: string): MetricColumn {
  const values = rows.map((row) => (Object.hasOwn(row.metrics, key) ? row.metrics[key] : undefined));
  const direction = directionOf(key);
  return { key, values, texts: formatColumn(values), best: bestPositions(values, direction), direction };
}

/** `and 137 more: showRuns({ maxResults: 200 })`; undefined when every run is in the table. */
export function moreRuns({
  rows,
  total = rows.length,
  moreCall,
}: RunTable): { readonly count: number; readonly call?: string } | undefined {
  return total > rows.length ? { count: total - rows.length, call: moreCall } : undefined;
}

/** What an empty table says. */
export const EMPTY_HINT =
  "No runs yet. Call autolog() before you train, or startRun() and logMetric(…), and they appear here.";
