import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { RunEntity } from "../../../src/core";
import { TrackingClient } from "../../../src/tracking/client";
import { errorOf, rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
let client: TrackingClient;
let run: RunEntity;
let runId: string;
beforeEach(async () => {
  folder = temporaryFolder();
  client = new TrackingClient(join(folder, "mlruns"));
  run = await client.createRun("0", { runName: "first" });
  runId = run.info.runId;
});
const invalid = async (promise: Promise<unknown>) => {
  const error = await rejectionOf(promise);
  expect(error.code).toBe("INVALID_PARAMETER_VALUE");
  return error;
};
/** What a caller without types might pass. */
const anything = (value: unknown) => value as never;

describe("a client", () => {
  test("tells where its store is, and refuses what is no store", () => {
    expect(client.trackingUri).toBe(`file://${folder}/mlruns`);
    expect(client.registryUri).toBe(client.trackingUri);
    expect(new TrackingClient(folder, "http://registry").registryUri).toBe("http://registry");
    expect(errorOf(() => new TrackingClient("ftp://x")).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("rejects options it does not know, naming the nearest", async () => {
    const error = await invalid(client.createRun("0", anything({ runname: "x" })));
    expect(error.hint).toBe('did you mean "runName"?');
    await invalid(client.searchRuns(["0"], anything({ filterString: "" })));
    await invalid(client.logMetric(runId, "a", 1, anything({ setp: 1 })));
    await invalid(client.logBatch(runId, anything([])));
  });
});

describe("experiments", () => {
  test("can be created, listed page by page, tagged, renamed, deleted and restored", async () => {
    const id = await client.createExperiment("iris", { tags: { team: "a", n: 1 } });
    expect((await client.getExperiment(id)).tags).toEqual({ team: "a", n: "1" });
    const first = await client.searchExperiments({ orderBy: ["name"], maxResults: 1 });
    expect(first.map(({ name }) => name)).toEqual(["Default"]);
    const second = await client.searchExperiments({ orderBy: ["name"], maxResults: 1, pageToken: first.nextPageToken });
    expect(second.map(({ name }) => name)).toEqual(["iris"]);
    expect(second).not.toHaveProperty("nextPageToken");
    await client.setExperimentTag(id, "team", "b");
    await client.deleteExperimentTag(id, "n");
    await client.renameExperiment(id, "lilies");
    expect(await client.getExperimentByName("lilies")).toMatchObject({ experimentId: id, tags: { team: "b" } });
    await client.deleteExperiment(id);
    expect((await client.searchExperiments({ viewType: "DELETED_ONLY" })).map(({ name }) => name)).toEqual(["lilies"]);
    await client.restoreExperiment(id);
    expect((await client.getExperiment(id)).lifecycleStage).toBe("active");
  });

  test("refuse names and tags out of bounds", async () => {
    for (const name of ["", "  ", "n".repeat(501), 7]) await invalid(client.createExperiment(anything(name)));
    await client.createExperiment("n".repeat(500));
    await invalid(client.setExperimentTag("0", "k".repeat(251), "v"));
    await invalid(client.setExperimentTag("0", "k", "v".repeat(20_001)));
    await invalid(client.searchExperiments({ viewType: anything("active") }));
  });
});

describe("runs", () => {
  test("take name and user from options and tags", async () => {
    expect(run.info).toMatchObject({ runName: "first", userId: "unknown" });
    const tagged = await client.createRun("0", {
      tags: { "mlflow.runName": "tagged", "mlflow.user": "ada" },
      startTime: 5,
    });
    expect(tagged.info).toMatchObject({ runName: "tagged", userId: "ada", startTime: 5 });
    expect((await client.createRun("0")).info.runName).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    const error = await invalid(client.createRun("0", { runName: "a", tags: { "mlflow.runName": "b" } }));
    expect(error.message).toContain("mlflow.runName");
    await client.setTag(runId, "mlflow.runName", "renamed");
    expect((await client.getRun(runId)).info.runName).toBe("renamed");
    await client.updateRun(runId, { name: "again" });
    expect((await client.getRun(runId)).data.tags["mlflow.runName"]).toBe("again");
  });

  test("know their parent", async () => {
    const child = await client.createRun("0", { tags: { "mlflow.parentRunId": runId } });
    expect(await client.getParentRun(child.info.runId)).toEqual(await client.getRun(runId));
    expect(await client.getParentRun(runId)).toBeUndefined();
  });

  test("end with a status and a time", async () => {
    await client.setTerminated(runId, { status: "FAILED", endTime: 99 });
    expect((await client.getRun(runId)).info).toMatchObject({ status: "FAILED", endTime: 99 });
    await client.updateRun(runId, { status: "RUNNING" });
    const before = Date.now();
    await client.setTerminated(runId);
    expect((await client.getRun(runId)).info.endTime).toBeGreaterThanOrEqual(before);
    await invalid(client.setTerminated(runId, { status: anything("DONE") }));
    await invalid(client.setTerminated(runId, { endTime: -1 }));
  });

  test("are searched, deleted and restored", async () => {
    await client.logMetric(runId, "loss", 0.5);
    expect(await client.searchRuns(["0"], { filter: "metrics.loss < 1" })).toHaveLength(1);
    await client.deleteRun(runId);
    expect(await client.searchRuns(["0"])).toEqual([]);
    expect(await client.searchRuns(["0"], { viewType: "ALL" })).toHaveLength(1);
    await invalid(client.logParam(runId, "a", 1));
    await client.restoreRun(runId);
    await client.logParam(runId, "a", 1);
    await invalid(client.searchRuns(["0"], { filter: "metrics.loss ~ 1" }));
    await invalid(client.searchRuns(["0"], { maxResults: 50_001 }));
    await invalid(client.searchRuns(anything("0")));
  });
});

describe("logging", () => {
  test("keeps metrics with their steps and times", async () => {
    await client.logMetric(runId, "loss", Number.NaN, { step: -1, timestamp: 7 });
    await client.logMetric(runId, "loss", Number.NEGATIVE_INFINITY, { step: 1, timestamp: 8 });
    await client.logMetric(runId, "loss", 3);
    const history = await client.getMetricHistory(runId, "loss");
    expect(history.map(({ value, step }) => [value, step])).toEqual([
      [Number.NaN, -1],
      [Number.NEGATIVE_INFINITY, 1],
      [3, 0],
    ]);
    expect((await client.getRun(runId)).data.metrics).toEqual({ loss: Number.NEGATIVE_INFINITY });
  });

  test("makes text of params and tags, and cuts what is too long", async () => {
    await client.logParam(runId, "obj", { a: [1] });
    await client.logParam(runId, "long", "p".repeat(6001));
    await client.setTag(runId, "long", "t".repeat(8001));
    const { params, tags } = (await client.getRun(runId)).data;
    expect(params.obj).toBe('{"a":[1]}');
    expect([params.long?.length, tags.long?.length]).toEqual([6000, 8000]);
    await client.deleteTag(runId, "long");
    expect((await rejectionOf(client.deleteTag(runId, "long"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
  });

  test("refuses bad keys and values before anything is written", async () => {
    for (const key of ["", "..", "a/../b", "/a", "a/", "a//b", ".", "a\\b", "<b>", "k".repeat(251), 7, undefined]) {
      await invalid(client.logMetric(runId, anything(key), 1));
      await invalid(client.logParam(runId, anything(key), 1));
      await invalid(client.setTag(runId, anything(key), 1));
    }
    for (const value of ["1", null, undefined, {}, 1n]) await invalid(client.logMetric(runId, "m", anything(value)));
    for (const step of [1.5, Number.NaN, "1", 2 ** 53])
      await invalid(client.logMetric(runId, "m", 1, { step: anything(step) }));
    await invalid(client.logMetric(runId, "m", 1, { timestamp: -1 }));
    await invalid(
      client.logBatch(runId, { params: [{ key: "ok", value: 1 }], metrics: [{ key: "m", value: anything("x") }] }),
    );
    expect((await client.getRun(runId)).data).toMatchObject({ params: {}, metrics: {} });
  });

  test("takes batches within MLflow's limits", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: i }));
    await client.logBatch(runId, { metrics: many(800), params: many(100), tags: many(100) });
    const { data } = await client.getRun(runId);
    expect([data.metrics, data.params].map((record) => Object.keys(record).length)).toEqual([800, 100]);
    const error = await invalid(client.logBatch(runId, { metrics: many(1001) }));
    expect(error.message).toContain("A batch logging request can contain at most 1000 metrics. Got 1001 metrics.");
    await invalid(client.logBatch(runId, { params: many(101) }));
    await invalid(client.logBatch(runId, { tags: many(101) }));
    await invalid(client.logBatch(runId, { metrics: many(801), params: many(100), tags: many(100) }));
    await invalid(client.logBatch(runId, { params: [...many(1), ...many(1)] }));
  });

  test("notes inputs and outputs within MLflow's limits", async () => {
    const dataset = { name: "iris", digest: "d", sourceType: "local", source: "s" };
    const tags = { "mlflow.data.context": "training" };
    await client.logInputs(runId, { datasets: [{ dataset, tags }], models: [{ modelId: "m-1" }] });
    await client.logOutputs(runId, [{ modelId: "m-2", step: 1 }]);
    const { inputs, outputs } = await client.getRun(runId);
    expect(inputs).toEqual({ datasetInputs: [{ dataset, tags }], modelInputs: [{ modelId: "m-1" }] });
    expect(outputs).toEqual({ modelOutputs: [{ modelId: "m-2", step: 1 }] });
    const withDataset = (change: object) =>
      client.logInputs(runId, { datasets: [anything({ dataset: { ...dataset, ...change }, tags })] });
    await invalid(withDataset({ name: "" }));
    await invalid(withDataset({ digest: "d".repeat(37) }));
    await invalid(withDataset({ source: undefined }));
    await invalid(client.logInputs(runId, { datasets: [{ dataset, tags: { k: "v".repeat(501) } }] }));
    await invalid(client.logOutputs(runId, [anything({ modelId: "m" })]));
  });
});

describe("artifacts", () => {
  test("are logged from files, folders, text and values, listed and downloaded", async () => {
    const local = join(folder, "local");
    mkdirSync(join(local, "sub"), { recursive: true });
    writeFileSync(join(local, "a.txt"), "a");
    writeFileSync(join(local, "sub", "b.txt"), "b");
    await client.logArtifact(runId, join(local, "a.txt"));
    await client.logArtifacts(runId, local, { artifactPath: "all" });
    await client.logArtifact(runId, local, { artifactPath: "whole" });
    await client.logText(runId, "hé", "notes/n.txt");
    await client.logDict(runId, { a: [1, "é"] }, "d.json");
    await client.logDict(runId, { a: [1, "é"] }, "d.yaml");
    expect((await client.listArtifacts(runId)).map(({ path }) => path)).toEqual([
      "a.txt",
      "all",
      "d.json",
      "d.yaml",
      "notes",
      "whole",
    ]);
    expect((await client.listArtifacts(runId, { path: "whole/local" })).map(({ path }) => path)).toEqual([
      "whole/local/a.txt",
      "whole/local/sub",
    ]);
    expect((await client.listArtifacts(runId, { path: "all" })).map(({ path }) => path)).toEqual([
      "all/a.txt",
      "all/sub",
    ]);
    const path = await client.downloadArtifacts(runId, "all/sub/b.txt", { dstPath: join(folder, "out") });
    expect([path, readFileSync(path, "utf8")]).toEqual([join(folder, "out", "all", "sub", "b.txt"), "b"]);
    expect(JSON.parse(readFileSync(await client.downloadArtifacts(runId, "d.json"), "utf8"))).toEqual({ a: [1, "é"] });
    await invalid(client.logText(runId, "x", "../x"));
    await invalid(client.logArtifact(runId, join(folder, "none")));
    await invalid(client.logArtifacts(runId, join(local, "a.txt")));
    expect((await rejectionOf(client.downloadArtifacts(runId, "none"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
  });
});

describe("figures, images and tables", () => {
  test("are kept as artifacts, a table's rows after those it has", async () => {
    await client.logFigure(runId, "<svg/>", "plots/a.svg");
    await client.logImage(runId, { data: [0, 255, 0, 255], width: 2, height: 2 }, "a.png");
    await client.logImage(runId, { data: [0], width: 1, height: 1 }, "steps", { step: 3 });
    await client.logTable(runId, [{ a: 1 }], "t.json");
    await client.logTable(runId, { a: [2], b: [3] }, "t.json");
    expect(JSON.parse(readFileSync(await client.downloadArtifacts(runId, "t.json"), "utf8"))).toEqual({
      columns: ["a", "b"],
      data: [
        [1, null],
        [2, 3],
      ],
    });
    expect((await client.getRun(runId)).data.tags["mlflow.loggedArtifacts"]).toBe('[{"path":"t.json","type":"table"}]');
    const paths = (await client.listArtifacts(runId)).map(({ path }) => path);
    expect(paths).toEqual(["a.png", "images", "plots", "t.json"]);
    expect((await client.listArtifacts(runId, { path: "images" }))[0]?.path).toMatch(/^images\/steps\+step\+3\+/);
    await invalid(client.logTable(runId, [], "t.csv"));
    await invalid(client.logImage(runId, anything("x"), "a.png"));
  });
});

describe("logged models", () => {
  test("are created, filled, measured, finalized, searched and deleted", async () => {
    const { modelId } = await client.createLoggedModel("0", {
      name: "m",
      sourceRunId: runId,
      params: { depth: 3 },
      tags: { a: 1 },
    });
    await client.setLoggedModelTags(modelId, { b: "2" });
    await client.deleteLoggedModelTag(modelId, "a");
    await client.logModelParams(modelId, { trees: 10 });
    await client.logMetric(runId, "rmse", 2, { modelId, datasetName: "test", datasetDigest: "d" });
    mkdirSync(join(folder, "model"));
    writeFileSync(join(folder, "model/MLmodel"), "x");
    await client.logModelArtifact(modelId, join(folder, "model/MLmodel"));
    await client.logModelArtifact(modelId, join(folder, "model"));
    const files = (await client.listLoggedModelArtifacts(modelId)).map(({ path }) => path);
    expect(files).toEqual(["MLmodel", "model"]);
    expect(await client.finalizeLoggedModel(modelId, "READY")).toMatchObject({ status: "READY", tags: { b: "2" } });
    const datasets = [{ name: "test", digest: "d" }];
    const found = await client.searchLoggedModels(["0"], { filter: "metrics.rmse < 3", datasets });
    expect(found).toEqual([await client.getLoggedModel(modelId)]);
    expect(found[0]).toMatchObject({ params: { depth: "3", trees: "10" }, metrics: [{ key: "rmse", value: 2 }] });
    await client.deleteLoggedModel(modelId);
    expect(await client.searchLoggedModels(["0"])).toEqual([]);
    for (const name of ["", "a/b", "a:b", "a.b", "a%b", 'a"b', "a'b"])
      await invalid(client.createLoggedModel("0", { name }));
    await invalid(client.finalizeLoggedModel(modelId, anything("PENDING")));
  });
});
