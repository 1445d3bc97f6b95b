import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatFloat } from "../../../src/stores/file/python-float";
import { formatYaml } from "../../../src/stores/file/yaml";
import { TrackingClient } from "../../../src/tracking/client";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { runPython } from "../../support/python";
import { temporaryFolder } from "../../support/temporary-folder";
import { dumpStore, type StoreDump } from "./dump";
import { fillStore } from "./fill";

const STORE_SCRIPT = join(__dirname, "store.py");

// Not compared, for one side has no such thing: an experiment's trace_location, workspace and trace retention (Python's only), a
// LoggedModel's life-cycle stage (ours only), and the step of a point with a data set (Python reads it as 0).
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
    expect(theirs).toEqual(ours);
  });

  test("filled by Python, is read by us entity by entity as Python reads it", async () => {
    const root = join(temporaryFolder(), "mlruns");
    await ask("fill", root);
    const theirs = await ask<StoreDump>("dump", root);
    expect([theirs.experiments.length, theirs.runs.length, theirs.models.length]).toEqual([4, 6, 2]);
    expect(await dumpStore(new TrackingClient(root))).toEqual(theirs);
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
    expect(await ask<StoreDump>("dump", root)).toEqual(await dumpStore(client));
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
    expect(theirs).toEqual(await dumpStore(client));
    const points = await client.getMetricHistory(runId, "val/loss");
    expect(points.slice(0, -1)).toEqual(before);
    expect((await client.getRun(runId)).data).toMatchObject({
      metrics: { "val/loss": 7 },
      params: { lr: "0.1", ours: "1" },
      tags: { t: "ours", "mlflow.runName": "ours now" },
    });
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

function bits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}
