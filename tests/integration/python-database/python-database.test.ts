import { join } from "node:path";
import { expect, test } from "vitest";
import { examineDatabase } from "../../../src/stores";
import { TrackingClient } from "../../../src/tracking/client";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { dumpRegistry, type RegistryDump } from "../python-registry/dump";
import { fillRegistry } from "../python-registry/fill";
import { dumpStore, type StoreDump } from "../python-store/dump";
import { fillStore } from "../python-store/fill";
import { databaseDump, registryDump } from "./database-dump";
import { type DatabaseFolder, databaseFolder, schemaVersion } from "./database-folder";

const STORE = join(__dirname, "../python-store/store.py");
const REGISTRY = join(__dirname, "../python-registry/registry.py");

/** Python's MLflow in one of its releases, beside us. */
function besides(python: string) {
  const ask = <Answer>(script: string, command: string, { folder, uri }: DatabaseFolder, ...args: string[]) =>
    runPython<Answer>(python, script, { args: [command, uri, ...args], cwd: folder });

  /** Both sides read the same of everything in the database. */
  async function expectEqualReadings(place: DatabaseFolder): Promise<void> {
    const client = new TrackingClient(place.uri);
    const [store, registry] = [await dumpStore(client), await dumpRegistry(client)];
    expect(databaseDump(await ask<StoreDump>(STORE, "dump", place))).toEqual(databaseDump(store));
    expect(registryDump(await ask<RegistryDump>(REGISTRY, "dump", place))).toEqual(registryDump(registry));
  }

  return { ask, expectEqualReadings };
}

describeWithParts(["next-mlflow"], "a SQLite database that a later MLflow has made and filled", (parts) => {
  test("is read, searched and written by us as it is, and read again by that MLflow, its schema untouched", {
    timeout: 600_000,
  }, async () => {
    const { ask, expectEqualReadings } = besides(parts["next-mlflow"].python);
    const place = databaseFolder();
    await ask(STORE, "fill", place);
    await ask(REGISTRY, "fill", place);
    expect(await examineDatabase(place.uri)).toMatchObject({ mlflowVersion: "3.18" });
    const version = schemaVersion(place.path);
    await expectEqualReadings(place);

    const client = new TrackingClient(place.uri);
    const experimentId = await client.createExperiment("ours");
    const { runId } = (await client.createRun(experimentId, { runName: "after Python" })).info;
    await client.logMetric(runId, "loss", 0.5);
    await client.logParam(runId, "lr", 0.1);
    await client.setTerminated(runId);
    const { modelId } = await client.createLoggedModel(experimentId, { name: "ours", sourceRunId: runId });
    await client.finalizeLoggedModel(modelId, "READY");
    await client.createRegisteredModel("after Python");
    const { version: number } = await client.createModelVersion("after Python", `models:/${modelId}`, { runId });
    await client.setRegisteredModelAlias("after Python", "champion", number);

    const experiments = (await client.searchExperiments()).map((experiment) => experiment.experimentId);
    expect(experiments.length).toBeGreaterThan(2);
    const filter = "run_name = 'after Python' AND metrics.loss < 1 AND params.lr = '0.1'";
    expect((await client.searchRuns(experiments, { filter })).map(({ info }) => info.runId)).toEqual([runId]);
    expect((await client.searchRuns(experiments)).length).toBeGreaterThan(3);
    expect(await client.searchModelVersions({ filter: `run_id = '${runId}'` })).toHaveLength(1);
    await expectEqualReadings(place);
    expect(schemaVersion(place.path)).toBe(version);
  });
});

describeWithParts(["python"], "a SQLite database shared with Python's MLflow", ({ python: { python } }) => {
  const { ask, expectEqualReadings } = besides(python);

  test("made and filled by us, is opened by Python and read entity by entity as we read it", async () => {
    const place = databaseFolder();
    const client = new TrackingClient(place.uri);
    await fillStore(client, place.folder);
    await fillRegistry(client);
    await expectEqualReadings(place);
  });

  test("made and filled by Python, is read by us entity by entity as Python reads it, its schema untouched", async () => {
    const place = databaseFolder();
    await ask(STORE, "fill", place);
    await ask(REGISTRY, "fill", place);
    const version = schemaVersion(place.path);
    await expectEqualReadings(place);
    const client = new TrackingClient(place.uri);
    const { runId } = (await client.createRun(await client.createExperiment("ours"))).info;
    await client.logBatch(runId, { metrics: [{ key: "loss", value: 1, timestamp: 1, step: 0 }] });
    await client.setRegisteredModelTag((await client.searchRegisteredModels())[0]?.name ?? "", "ours", "1");
    expect(schemaVersion(place.path)).toBe(version);
  });

  test("holds a run that we begin and Python goes on with, and one that Python begins and we go on with", async () => {
    const place = databaseFolder();
    const client = new TrackingClient(place.uri);
    const { runId } = (await client.createRun("0")).info;
    for (let step = 0; step < 3; step++)
      await client.logMetric(runId, "shared", step / 2, { step, timestamp: 1000 + step });
    await client.logParam(runId, "shared", "same");
    await client.setTag(runId, "tag", "ours");
    await client.setTerminated(runId);
    expect(await ask(STORE, "go-on", place, runId)).toEqual({ refused: "INVALID_PARAMETER_VALUE" });
    expect((await client.getMetricHistory(runId, "shared")).map(({ value }) => value)).toEqual([
      0, 0.5, 1, 1.5, 2, 2.5,
    ]);
    const { runId: theirs } = await ask<{ runId: string }>(STORE, "train", place);
    await client.updateRun(theirs, { status: "RUNNING", name: "ours now" });
    await client.logMetric(theirs, "shared", 7, { step: 100 });
    expect((await rejectionOf(client.logParam(theirs, "fit_intercept", "False"))).code).toBe("INVALID_PARAMETER_VALUE");
    await client.setTerminated(theirs);
    await expectEqualReadings(place);
    expect((await client.getRun(theirs)).data).toMatchObject({
      metrics: { shared: 7 },
      params: { fit_intercept: "True" },
      tags: { "mlflow.runName": "ours now" },
    });
  });
});
