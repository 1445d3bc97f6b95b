import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Metric, RunEntity } from "../../../src/core";
import type { TrackingClient } from "../../../src/tracking";

/** A number as every kind of store keeps it. */
const kept = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0;

/** The points of a history, in one order. */
export const pointsOf = (points: readonly Metric[]): string[] =>
  [...new Set(points.map(({ timestamp, step, value }) => `${timestamp} ${step} ${kept(value)}`))].sort();

/** Every run of a store, deleted ones too. */
export const allRuns = async (client: TrackingClient): Promise<RunEntity[]> => {
  const experiments = await client.searchExperiments({ viewType: "ALL" });
  return client.searchRuns(
    experiments.map(({ experimentId }) => experimentId),
    { viewType: "ALL", orderBy: ["start_time", "run_id"] },
  );
};

/** Tags that say nothing of the run itself. */
const ownTags = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key !== "trackbook.run_key"));

/** Whether the runs of two stores have one id. */
interface Comparison {
  /** False where a server has given its own. */
  readonly sameIds: boolean;
}

/** Every run that one store holds is in the other, with its histories, files and what it read and made. */
export async function expectRunsCarriedOver(
  source: TrackingClient,
  target: TrackingClient,
  { sameIds }: Comparison,
): Promise<void> {
  const [from, to] = [await allRuns(source), await allRuns(target)];
  expect(to).toHaveLength(from.length);
  for (const run of from) {
    const { runId, runName, userId, status, startTime, endTime, lifecycleStage } = run.info;
    const twin = to.find(({ info }) =>
      sameIds ? info.runId === runId : info.startTime === startTime && info.runName === runName,
    ) as RunEntity;
    expect(twin?.info, runName).toMatchObject({ runName, userId, status, startTime, lifecycleStage });
    expect(twin.info.endTime).toBe(endTime);
    expect(twin.data.params).toEqual(run.data.params);
    expect(ownTags(twin.data.tags)).toEqual(ownTags(run.data.tags));
    expect(twin.inputs.datasetInputs).toEqual(run.inputs.datasetInputs);
    expect(twin.outputs.modelOutputs).toHaveLength(run.outputs.modelOutputs.length);
    if (sameIds) expect([twin.inputs, twin.outputs]).toEqual([run.inputs, run.outputs]);
    for (const key of Object.keys(run.data.metrics))
      expect(pointsOf(await target.getMetricHistory(twin.info.runId, key))).toEqual(
        pointsOf(await source.getMetricHistory(runId, key)),
      );
    await expectFilesCarriedOver([source, runId], [target, twin.info.runId], "");
  }
}

type RunOf = readonly [client: TrackingClient, runId: string];

async function expectFilesCarriedOver(source: RunOf, target: RunOf, path: string): Promise<void> {
  for (const file of await source[0].listArtifacts(source[1], { path }))
    if (file.isDir) await expectFilesCarriedOver(source, target, file.path);
    else
      expect(readFileSync(await target[0].downloadArtifacts(target[1], file.path))).toEqual(
        readFileSync(await source[0].downloadArtifacts(source[1], file.path)),
      );
}

/** Every registered model and version, as far as each kind of store keeps and tells it. */
export async function registeredIn(client: TrackingClient) {
  const models = await client.searchRegisteredModels({ orderBy: ["name"] });
  const versions = await client.searchModelVersions({ orderBy: ["name", "version_number"] });
  return models.map(({ name, description = "", tags, aliases }) => ({
    name,
    description,
    tags,
    aliases,
    versions: versions
      .filter((version) => version.name === name)
      // A database keeps no model id beside the source, and Python's server tells of aliases with the model alone.
      .map(({ version, currentStage, description: text = "", tags: own }) => ({ version, currentStage, text, own })),
  }));
}

/** When everything was made and last changed. */
export async function timesIn(client: TrackingClient): Promise<object> {
  const experiments = await client.searchExperiments({ viewType: "ALL" });
  const ids = experiments.map(({ experimentId }) => experimentId);
  const models = await client.searchLoggedModels(ids);
  const registered = await client.searchRegisteredModels();
  const versions = await client.searchModelVersions();
  const entries = [
    ...experiments.map((one) => [`experiment ${one.name}`, one.creationTime, one.lastUpdateTime]),
    ...models.map((one) => [`model ${one.modelId}`, one.creationTimestamp, one.lastUpdatedTimestamp]),
    ...registered.map((one) => [`registered ${one.name}`, one.creationTimestamp, one.lastUpdatedTimestamp]),
    ...versions.map((one) => [`${one.name}/${one.version}`, one.creationTimestamp, one.lastUpdatedTimestamp]),
  ];
  return Object.fromEntries(entries.map(([name, ...times]) => [name, times]));
}
