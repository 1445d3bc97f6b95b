import { readFileSync } from "node:fs";
import type { LoggedModel, Metric, RunEntity } from "../../../src/core";
import type { TrackingClient } from "../../../src/tracking/client";

/** Everything in a store, in the form that store.py dumps it: floats as their bits, lists sorted, what is unset left out. */
export interface StoreDump {
  readonly experiments: readonly unknown[];
  readonly runs: readonly { readonly info: { readonly runId: string; readonly runName: string } }[];
  readonly models: readonly unknown[];
}

export async function dumpStore(client: TrackingClient): Promise<StoreDump> {
  const experiments = await client.searchExperiments({ viewType: "ALL" });
  const ids = experiments.map(({ experimentId }) => experimentId);
  const runs = await client.searchRuns(ids, { viewType: "ALL", maxResults: 50_000 });
  const models = await client.searchLoggedModels(ids);
  const dumps = await Promise.all(runs.map((run) => dumpRun(client, run)));
  const dump = {
    experiments: sortBy(experiments, ({ experimentId }) => experimentId),
    runs: sortBy(dumps, ({ info }) => info.runId),
    models: sortBy(models, ({ modelId }) => modelId).map(dumpModel),
  };
  return JSON.parse(JSON.stringify(dump)) as StoreDump;
}

async function dumpRun(client: TrackingClient, { info, data, inputs, outputs }: RunEntity) {
  const histories = Object.keys(data.metrics).map(async (key) => {
    const points = await client.getMetricHistory(info.runId, key);
    return [key, points.map(dumpMetric)] as const;
  });
  return {
    info,
    params: data.params,
    tags: data.tags,
    metrics: Object.fromEntries(Object.entries(data.metrics).map(([key, value]) => [key, bits(value)])),
    latestMetrics: sortBy(data.latestMetrics, ({ key }) => key).map(dumpMetric),
    histories: Object.fromEntries(await Promise.all(histories)),
    datasetInputs: sortBy(inputs.datasetInputs, ({ dataset }) => dataset.digest),
    modelInputs: inputs.modelInputs.map(({ modelId }) => modelId).sort(),
    modelOutputs: sortBy(outputs.modelOutputs, ({ modelId }) => modelId).map(({ modelId, step }) => [modelId, step]),
    artifacts: await dumpArtifacts(client, info.runId),
  };
}

/** Python forgets the step of a point with a data set (it reads 0), so it is not compared. */
const dumpMetric = (metric: Metric) => ({
  ...metric,
  value: bits(metric.value),
  step: metric.datasetName === undefined ? metric.step : undefined,
});

// MLflow's LoggedModel has no life-cycle stage: a deleted one is not found.
const dumpModel = ({ lifecycleStage, metrics, ...model }: LoggedModel) => ({
  ...model,
  metrics: sortBy(metrics, ({ key, datasetName = "" }) => `${key}\0${datasetName}`).map((metric) => ({
    ...metric,
    value: bits(metric.value),
  })),
});

async function dumpArtifacts(client: TrackingClient, runId: string, path?: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const file of await client.listArtifacts(runId, { path })) {
    if (file.isDir) Object.assign(files, await dumpArtifacts(client, runId, file.path));
    else files[file.path] = readFileSync(await client.downloadArtifacts(runId, file.path)).toString("hex");
  }
  return files;
}

function bits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function sortBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
