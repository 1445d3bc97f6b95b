import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrackingClient } from "../../../src/tracking/client";

/** Puts something of everything into a store; `folder` is for local files. Answers the run that has most of it. */
export async function fillStore(client: TrackingClient, folder: string): Promise<string> {
  const experiment = await client.createExperiment("by trackbook: é", {
    tags: { team: "a b", "note/x": "long\ntext" },
  });
  const tags = { "mlflow.user": "ada", "é/ü": "", quote: "'\"\\" };
  const { info } = await client.createRun(experiment, { startTime: 1_700_000_000_123, runName: "first: run", tags });
  const run = info.runId;
  const params = { lr: 0.1, none: null, "deep/nested key": "a\nb ", é: "ü", empty: "", img: true };
  for (const [key, value] of Object.entries(params)) await client.logParam(run, key, value);
  const values = [
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    1e22,
    5e-324,
    1e-5,
    0.1 + 0.2,
    3,
  ];
  for (const [i, value] of values.entries())
    await client.logMetric(run, "val/loss", value, { timestamp: 1_700_000_000_000 + i, step: i - 4 });
  for (const value of [Number.NaN, 1, 0]) await client.logMetric(run, "same step", value, { timestamp: 5 });
  const many = Array.from({ length: 500 }, (_, i) => ({ key: "many", value: i / 7, timestamp: i, step: i }));
  await client.logBatch(run, { metrics: many, params: [{ key: "p", value: 1 }], tags: [{ key: "t", value: 1 }] });

  await logDataAndModels(client, experiment, run);
  await logFiles(client, run, folder);
  await client.setTerminated(run, { status: "FAILED", endTime: 1_700_000_009_999 });

  await client.deleteRun((await client.createRun(experiment, { runName: "deleted" })).info.runId);
  const restored = (await client.createRun(experiment, { runName: "restored" })).info.runId;
  await client.deleteRun(restored);
  await client.restoreRun(restored);
  const [gone, back] = [await client.createExperiment("gone"), await client.createExperiment("back")];
  for (const id of [gone, back]) {
    await client.createRun(id);
    await client.deleteExperiment(id);
  }
  await client.restoreExperiment(back);
  await client.renameExperiment(back, "back again: 'quoted' \"twice\" # yes");
  await client.setTag((await client.createRun("0")).info.runId, "mlflow.runName", "by tag");
  return run;
}

async function logDataAndModels(client: TrackingClient, experiment: string, run: string): Promise<void> {
  const iris = {
    name: "iris",
    digest: "d1",
    sourceType: "local",
    source: '{"uri": "iris.csv"}',
    schema: '{"mlflow_colspec": []}',
  };
  const long = {
    name: "long é",
    digest: "d2",
    sourceType: "local",
    source: "s".repeat(300),
    profile: `{"text": "${"x y ".repeat(60)}"}`,
  };
  const tags = { "mlflow.data.context": "training" };
  await client.logInputs(run, {
    datasets: [
      { dataset: iris, tags },
      { dataset: long, tags: {} },
    ],
  });
  const onIris = { datasetName: "iris", datasetDigest: "d1" };
  await client.logMetric(run, "on data", 0.5, { timestamp: 1, step: 3, ...onIris });
  await client.logMetric(run, "on spaced data", 0.5, {
    timestamp: 1,
    step: 3,
    datasetName: "my iris",
    datasetDigest: "d1",
  });
  const { modelId } = await client.createLoggedModel(experiment, {
    name: "model",
    sourceRunId: run,
    tags: { a: 1 },
    params: { depth: 3 },
    modelType: "tree",
  });
  await client.logMetric(run, "rmse", 2, { timestamp: 7, step: 1, modelId });
  await client.logMetric(run, "rmse", 3, { timestamp: 8, step: 0, modelId, ...onIris });
  await client.finalizeLoggedModel(modelId, "READY");
  await client.setLoggedModelTags(modelId, { b: 2 });
  const artifactLocation = join((await client.getRun(run)).info.artifactUri, "model");
  const failed = await client.createLoggedModel(experiment, { name: "failed", artifactLocation });
  await client.finalizeLoggedModel(failed.modelId, "FAILED");
  await client.deleteLoggedModel((await client.createLoggedModel(experiment, { name: "deleted" })).modelId);
  await client.logInputs(run, { models: [{ modelId: "m-input" }] });
  await client.logOutputs(run, [{ modelId, step: 2 }]);
}

async function logFiles(client: TrackingClient, run: string, folder: string): Promise<void> {
  const local = join(folder, "files");
  mkdirSync(join(local, "sub"), { recursive: true });
  writeFileSync(
    join(local, "sub", "raw.bin"),
    Uint8Array.from({ length: 256 }, (_, i) => i),
  );
  await client.logArtifacts(run, local, { artifactPath: "files" });
  await client.logText(run, "hé\n", "notes/é.txt");
  await client.logDict(run, { a: [1, null, "é"] }, "d.yaml");
}
