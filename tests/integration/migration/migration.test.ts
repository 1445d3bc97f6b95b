import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Metric, RunEntity } from "../../../src/core";
import { TrackingClient } from "../../../src/tracking";
import { migrate, missingIn } from "../../../src/tracking/migration";
import { rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { fillRegistry } from "../python-registry/fill";
import { fillStore } from "../python-store/fill";
import { databaseFolder } from "../python-database/database-folder";

/** A number as every kind of store keeps it. */
const kept = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0;

/** The points of a history, in one order. */
const pointsOf = (points: readonly Metric[]): string[] =>
  [...new Set(points.map(({ timestamp, step, value }) => `${timestamp} ${step} ${kept(value)}`))].sort();

async function filled(uri: string, folder: string): Promise<TrackingClient> {
  const client = new TrackingClient(uri);
  await fillStore(client, folder);
  await fillRegistry(client);
  return client;
}

const allRuns = async (client: TrackingClient): Promise<RunEntity[]> => {
  const experiments = await client.searchExperiments({ viewType: "ALL" });
  return client.searchRuns(
    experiments.map(({ experimentId }) => experimentId),
    { viewType: "ALL", orderBy: ["start_time", "run_id"] },
  );
};

/** Everything that one store holds is in the other. */
async function expectCarriedOver(source: TrackingClient, target: TrackingClient): Promise<void> {
  const [from, to] = [await allRuns(source), await allRuns(target)];
  expect(to.map(({ info }) => info.runId)).toEqual(from.map(({ info }) => info.runId));
  for (const [index, run] of from.entries()) {
    const twin = to[index] as RunEntity;
    const { runId, runName, userId, status, startTime, endTime, lifecycleStage } = run.info;
    expect(twin.info).toMatchObject({ runId, runName, userId, status, startTime, endTime, lifecycleStage });
    expect(twin.data).toMatchObject({ params: run.data.params, tags: run.data.tags });
    expect(twin.inputs).toEqual(run.inputs);
    expect(twin.outputs).toEqual(run.outputs);
    for (const key of Object.keys(run.data.metrics))
      expect(pointsOf(await target.getMetricHistory(runId, key))).toEqual(
        pointsOf(await source.getMetricHistory(runId, key)),
      );
    for (const file of (await source.listArtifacts(runId)).filter(({ isDir }) => !isDir))
      expect(readFileSync(await target.downloadArtifacts(runId, file.path))).toEqual(
        readFileSync(await source.downloadArtifacts(runId, file.path)),
      );
  }
  const registered = async (client: TrackingClient) =>
    (await client.searchModelVersions({ orderBy: ["name", "version_number"] })).map(
      // A database keeps no model id beside the source.
      ({ name, version, currentStage, description, tags, aliases }) => ({
        name,
        version,
        currentStage,
        description,
        tags,
        aliases,
      }),
    );
  expect(await registered(target)).toEqual(await registered(source));
}

describe("a store that is carried over", { timeout: 120_000 }, () => {
  test("from a folder to a database and back into a folder holds what it held", async () => {
    const { folder, uri } = databaseFolder();
    const first = await filled(join(folder, "mlruns"), folder);
    const tally = await migrate({ source: first.trackingUri, target: uri });
    expect(missingIn(tally)).toEqual([]);
    expect(tally.target).toEqual(tally.source);
    expect(tally.source).toMatchObject({ experiments: 4, runs: 7 });
    const database = new TrackingClient(uri);
    await expectCarriedOver(first, database);
    const elsewhere = join(temporaryFolder(), "mlruns");
    expect(missingIn(await migrate({ source: uri, target: elsewhere }))).toEqual([]);
    await expectCarriedOver(database, new TrackingClient(elsewhere));
  });

  test("goes on where it was interrupted, and doubles nothing", async () => {
    const folder = temporaryFolder();
    const source = await filled(join(folder, "source"), folder);
    const target = join(folder, "target");
    for (const stopAt of [1, 3, 5])
      await expect(
        migrate({
          source: source.trackingUri,
          target,
          onProgress: (done) => {
            if (done === stopAt) throw new Error("interrupted");
          },
        }),
      ).rejects.toThrow("interrupted");
    const tally = await migrate({ source: source.trackingUri, target });
    expect(tally.target).toEqual(tally.source);
    const twin = new TrackingClient(target);
    await expectCarriedOver(source, twin);
    for (const { info, data } of await allRuns(source))
      for (const key of Object.keys(data.metrics))
        expect(await twin.getMetricHistory(info.runId, key)).toHaveLength(
          pointsOf(await source.getMetricHistory(info.runId, key)).length,
        );
  });

  test("is not carried into itself", async () => {
    const folder = temporaryFolder();
    const error = await rejectionOf(migrate({ source: folder, target: `file://${folder}` }));
    expect(error.code).toBe("INVALID_PARAMETER_VALUE");
  });
});
