import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TrackingClient } from "../../../src/tracking";
import { migrate, missingIn } from "../../../src/tracking/migration";
import { rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { databaseFolder } from "../python-database/database-folder";
import { fillRegistry } from "../python-registry/fill";
import { fillStore } from "../python-store/fill";
import { allRuns, expectRunsCarriedOver, pointsOf, registeredIn, timesIn } from "./carried-over";

async function filled(uri: string, folder: string): Promise<TrackingClient> {
  const client = new TrackingClient(uri);
  await fillStore(client, folder);
  await fillRegistry(client);
  return client;
}

/** Everything that one store holds is in the other. */
async function expectCarriedOver(source: TrackingClient, target: TrackingClient): Promise<void> {
  await expectRunsCarriedOver(source, target, { sameIds: true });
  expect(await registeredIn(target)).toEqual(await registeredIn(source));
  expect(await timesIn(target)).toEqual(await timesIn(source));
}

describe("a store that is carried over", () => {
  test("from a folder to a database and back into a folder holds what it held, as old as it was", async () => {
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
