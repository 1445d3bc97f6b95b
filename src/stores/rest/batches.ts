import { LIMITS } from "../../core";
import type { Batch, MetricSeries } from "../tracking-store";

/** The most bytes that MLflow's server takes in the body of one log-batch, with some room for what surrounds the entries. */
const BODY_BYTES = 1_000_000 - 10_000;

type Kind = "metrics" | "params" | "tags";

const MOST: Readonly<Record<Kind, number>> = {
  metrics: LIMITS.metricsPerBatch,
  params: LIMITS.paramsPerBatch,
  tags: LIMITS.tagsPerBatch,
};

/** The batch as bodies of log-batch requests, in order, none beyond MLflow's limits on entries and bytes. */
export function* toBodies(runId: string, batch: Batch): Generator<string> {
  let entries: Record<Kind, string[]> = { metrics: [], params: [], tags: [] };
  let count = 0;
  let bytes = 0;
  const body = () =>
    `{"run_id":${JSON.stringify(runId)},"metrics":[${entries.metrics.join(",")}],"params":[${entries.params.join(",")}],"tags":[${entries.tags.join(",")}]}`;
  for (const [kind, text] of entriesOf(batch)) {
    const size = Buffer.byteLength(text) + 1;
    if (count >= LIMITS.entitiesPerBatch || entries[kind].length >= MOST[kind] || bytes + size > BODY_BYTES) {
      yield body();
      entries = { metrics: [], params: [], tags: [] };
      count = 0;
      bytes = 0;
    }
    entries[kind].push(text);
    count += 1;
    bytes += size;
  }
  if (count > 0) yield body();
}

function* entriesOf({ params = [], tags = [], metrics = [] }: Batch): Generator<[Kind, string]> {
  for (const { key, value } of params) yield ["params", JSON.stringify({ key, value })];
  for (const { key, value } of tags) yield ["tags", JSON.stringify({ key, value })];
  for (const series of metrics) {
    const [before, after] = around(series);
    for (const [index, value] of series.values.entries())
      yield [
        "metrics",
        `${before}${doubleText(value)},"timestamp":${series.timestamps[index]},"step":${series.steps[index]}${after}`,
      ];
  }
}

/** What is the same for all points of a series, formed once. */
function around({ key, modelId, datasetName, datasetDigest }: MetricSeries): [string, string] {
  const rest = JSON.stringify({ model_id: modelId, dataset_name: datasetName, dataset_digest: datasetDigest });
  return [`{"key":${JSON.stringify(key)},"value":`, rest === "{}" ? "}" : `,${rest.slice(1)}`];
}

/** MLflow's JSON has texts for the numbers that JSON has not; of JSON.stringify a zero loses its sign. */
function doubleText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}
