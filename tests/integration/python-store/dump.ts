import { readFileSync } from "node:fs";
import type { RunEntity } from "../../../src/core";
import type { TrackingClient } from "../../../src/tracking/client";
import { comparable, type IgnoredField, type Plain, plainOf } from "./plain";

/** Everything in a store: by `dumpStore` as we read it, by store.py as Python's client reads it. */
export interface StoreDump {
  readonly experiments: readonly Plain[];
  readonly runs: readonly Plain[];
  readonly models: readonly Plain[];
}

const NO_STEP = "Python forgets the step of a point with a data set: it reads 0";

/** What is not compared. */
export const IGNORED: readonly IgnoredField[] = [
  { path: "experiments.workspace", reason: "workspaces are Python's only" },
  {
    path: "runs.run.data.latest_metrics",
    reason: "Python has them under a private name: compared as runs.latest_metrics",
  },
  { path: "runs.latest_metrics.step", beside: "dataset_name", reason: NO_STEP },
  { path: "runs.histories.*.step", beside: "dataset_name", reason: NO_STEP },
  { path: "models.model_uri", reason: "Python makes it of the model's id" },
  { path: "models.lifecycle_stage", reason: "Python has none: it does not find a deleted model" },
];

/** What the client reads, entity by entity, with the files' content. */
export async function dumpStore(client: TrackingClient): Promise<StoreDump> {
  const experiments = await client.searchExperiments({ viewType: "ALL" });
  const ids = experiments.map(({ experimentId }) => experimentId);
  const runs = await client.searchRuns(ids, { viewType: "ALL", maxResults: 50_000 });
  return {
    experiments: experiments.map((experiment) => plainOf(experiment)),
    runs: await Promise.all(runs.map((run) => dumpRun(client, run))),
    models: (await client.searchLoggedModels(ids)).map((model) => plainOf(model)),
  };
}

/** A dump as it is compared. */
export const comparableDump = (dump: StoreDump, used: (field: IgnoredField) => void = () => {}): Plain =>
  comparable(dump as unknown as Plain, IGNORED, used);

async function dumpRun(client: TrackingClient, run: RunEntity): Promise<Plain> {
  const histories = Object.keys(run.data.metrics).map(
    async (key) => [key, await client.getMetricHistory(run.info.runId, key)] as const,
  );
  return plainOf({
    run,
    latestMetrics: run.data.latestMetrics,
    histories: Object.fromEntries(await Promise.all(histories)),
    artifacts: await dumpArtifacts(client, run.info.runId),
  });
}

async function dumpArtifacts(client: TrackingClient, runId: string, path?: string): Promise<Record<string, object>> {
  const found: Record<string, object> = {};
  for (const file of await client.listArtifacts(runId, { path })) {
    const content = file.isDir ? undefined : readFileSync(await client.downloadArtifacts(runId, file.path));
    found[file.path] = { info: file, content: content?.toString("hex") };
    if (file.isDir) Object.assign(found, await dumpArtifacts(client, runId, file.path));
  }
  return found;
}
