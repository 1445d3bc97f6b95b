import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { formatYaml } from "../../../src/core/yaml";
import { formatFloat } from "../../../src/stores/file/metrics/python-float";
import { TrackingClient } from "../../../src/tracking/client";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { ScriptFolder } from "../runs/scripts";
import { comparableDump, dumpStore, IGNORED, type StoreDump } from "./dump";
import { fillStore } from "./fill";
import { FILL_BY_TRAINING, GO_ON_BY_TRAINING } from "./training-programs";
import { bits, type IgnoredField } from "./plain";

const STORE_SCRIPT = join(__dirname, "store.py");

describeWithParts(["python"], "a file store shared with Python's MLflow", ({ python: { python } }) => {
  const ask = <Answer>(command: string, root: string, ...args: string[]) =>
    runPython<Answer>(python, STORE_SCRIPT, { args: [command, root, ...args] });

  test.each([
    ["a path", (folder: string) => join(folder, "ml runs é")],
    ["a file: URI", (folder: string) => pathToFileURL(join(folder, "ml runs é")).href],
  ])("filled by us at %s, is read by Python entity by entity as we read it", async (_, rootIn) => {
    const folder = temporaryFolder();
    const client = new TrackingClient(rootIn(folder));
    await fillStore(client, folder);
    const ours = await dumpStore(client);
    expect([ours.experiments.length, ours.runs.length, ours.models.length]).toEqual([4, 6, 2]);
    const theirs = await ask<StoreDump>("dump", rootIn(folder));
    const used = new Set<IgnoredField>();
    expect(comparableDump(theirs, (field) => used.add(field))).toEqual(
      comparableDump(ours, (field) => used.add(field)),
    );
    expect(IGNORED.filter((field) => !used.has(field))).toEqual([]);
  });

  test("filled by Python, is read by us entity by entity as Python reads it", async () => {
    const root = join(temporaryFolder(), "mlruns");
    await ask("fill", root);
    const theirs = await ask<StoreDump>("dump", root);
    expect([theirs.experiments.length, theirs.runs.length, theirs.models.length]).toEqual([4, 6, 2]);
    expect(comparableDump(await dumpStore(new TrackingClient(root)))).toEqual(comparableDump(theirs));
  });

  test("holds a run that we begin and Python goes on with", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const client = new TrackingClient(root);
    const { runId } = (await client.createRun("0")).info;
    for (let step = 0; step < 3; step++)
      await client.logMetric(runId, "shared", step / 2, { step, timestamp: 1000 + step });
    await client.logParam(runId, "shared", "same");
    await client.setTag(runId, "tag", "ours");
    await client.logText(runId, "t", "both/trackbook.txt");
    await client.setTerminated(runId);
    expect(await ask("go-on", root, runId)).toEqual({ refused: "INVALID_PARAMETER_VALUE" });
    const { info, data, inputs } = await client.getRun(runId);
    expect(info.status).toBe("FINISHED");
    expect(data.params).toEqual({ shared: "same", "from python": "1" });
    expect(data.tags.tag).toBe("python's");
    expect((await client.getMetricHistory(runId, "shared")).map(({ value }) => value)).toEqual([
      0, 0.5, 1, 1.5, 2, 2.5,
    ]);
    expect((await client.listArtifacts(runId, { path: "both" })).map(({ path }) => path)).toEqual([
      "both/python.txt",
      "both/trackbook.txt",
    ]);
    expect(inputs.datasetInputs.map(({ dataset }) => dataset.name)).toEqual(["python"]);
    expect(comparableDump(await ask<StoreDump>("dump", root))).toEqual(comparableDump(await dumpStore(client)));
  });

  test("holds a run that Python begins and we go on with", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const { runId } = await ask<{ runId: string }>("fill", root);
    const client = new TrackingClient(root);
    const before = await client.getMetricHistory(runId, "val/loss");
    await client.updateRun(runId, { status: "RUNNING", name: "ours now" });
    await client.logMetric(runId, "val/loss", 7, { step: 100 });
    await client.logParam(runId, "lr", "0.1");
    expect((await rejectionOf(client.logParam(runId, "lr", "0.2"))).code).toBe("INVALID_PARAMETER_VALUE");
    await client.logParam(runId, "ours", 1);
    await client.setTag(runId, "t", "ours");
    await client.logText(runId, "t", "notes/ours.txt");
    await client.setTerminated(runId);
    const theirs = await ask<StoreDump>("dump", root);
    expect(comparableDump(theirs)).toEqual(comparableDump(await dumpStore(client)));
    const points = await client.getMetricHistory(runId, "val/loss");
    expect(points.slice(0, -1)).toEqual(before);
    expect((await client.getRun(runId)).data).toMatchObject({
      metrics: { "val/loss": 7 },
      params: { lr: "0.1", ours: "1" },
      tags: { t: "ours", "mlflow.runName": "ours now" },
    });
  });

  const scripts = new ScriptFolder();
  afterAll(() => scripts.remove());

  /** Answers the store. */
  async function fillByTraining(): Promise<string> {
    const { code, stderr, folder } = await scripts.run(FILL_BY_TRAINING, "cjs", { TRACKBOOK_TESTING: "1" });
    expect([code, stderr]).toEqual([0, ""]);
    return join(folder, "mlruns");
  }

  /** Both sides read the same of everything in the store. */
  async function expectEqualReadings(root: string): Promise<StoreDump> {
    const ours = await dumpStore(new TrackingClient(root));
    expect(comparableDump(await ask<StoreDump>("dump", root))).toEqual(comparableDump(ours));
    return ours;
  }

  test("that trainings and the fluent verbs have filled is read by Python entity by entity as we read it", async () => {
    const root = await fillByTraining();
    const { runs, models } = await expectEqualReadings(root);
    expect([runs.length, models.length]).toEqual([4, 4]);
  });

  test("holds a run that Python's training begins and ours goes on with", async () => {
    const root = join(temporaryFolder(), "mlruns");
    const { runId } = await ask<{ runId: string }>("train", root);
    const client = new TrackingClient(root);
    const before = await client.getRun(runId);
    const env = { MLFLOW_TRACKING_URI: root, RUN: runId, TRACKBOOK_TESTING: "1" };
    expect(await scripts.run(GO_ON_BY_TRAINING, "cjs", env)).toMatchObject({ code: 0, stderr: "" });
    await expectEqualReadings(root);
    const { info, data, inputs, outputs } = await client.getRun(runId);
    expect(info).toMatchObject({ status: "FINISHED", startTime: before.info.startTime, userId: before.info.userId });
    expect(before.data.params).toMatchObject({ fit_intercept: "True" });
    expect(data.params).toMatchObject({ ...before.data.params, "degree-2": "3" });
    expect(data.metrics).toMatchObject({
      training_r2_score: before.data.metrics.training_r2_score,
      "training_r2_score-2": expect.any(Number),
      shared: 9,
    });
    expect((await client.getMetricHistory(runId, "shared")).map(({ step }) => step)).toEqual([1, 9]);
    expect(data.tags).toMatchObject({ estimator_name: "LinearRegression", "estimator_name-2": "PolynomialRegression" });
    expect(inputs.datasetInputs).toHaveLength(before.inputs.datasetInputs.length + 1);
    expect(outputs.modelOutputs).toHaveLength(1);
  });

  test("holds a run that our training begins and Python's goes on with", async () => {
    const root = await fillByTraining();
    const client = new TrackingClient(root);
    const experiment = await client.getExperimentByName("trained: é");
    const [before] = await client.searchRuns([experiment?.experimentId ?? ""], {
      filter: "tags.estimator_name = 'Sequential' AND tags.mlflow.runName != 'several'",
    });
    const runId = before?.info.runId ?? "";
    expect(await ask("train", root, runId)).toEqual({ runId });
    await expectEqualReadings(root);
    const { info, data, inputs, outputs } = await client.getRun(runId);
    expect(info).toMatchObject({ status: "FINISHED", startTime: before?.info.startTime });
    expect(data.params).toMatchObject({ ...before?.data.params, fit_intercept: "True" });
    expect(data.metrics).toMatchObject({ ...before?.data.metrics, shared: 1, training_score: expect.any(Number) });
    expect(inputs.datasetInputs.length).toBeGreaterThan(before?.inputs.datasetInputs.length ?? 0);
    expect(outputs).toEqual(before?.outputs);
  });

  test("is written with the same text for every number and reads back the same text in every YAML value", async () => {
    const doubles = fc.sample(fc.double({ noNaN: false }), 20_000);
    const texts = fc.sample(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.webUrl()), 5000);
    const script = join(__dirname, "text_forms.py");
    const input = {
      floats: doubles.map((value) => [bits(value), formatFloat(value)]),
      yaml: texts.map((text) => [formatYaml({ key: text }), text]),
    };
    expect(await runPython(python, script, { input })).toEqual({ floats: [], yaml: [] });
  });
});
