import { afterEach, expect, test } from "vitest";
import { getRun, searchExperiments, searchRuns, setExperiment, setTrackingUri, TrackingClient } from "../../../src";
import { restStore } from "../../../src/stores/rest";
import { rejectionOf } from "../../support/error-of";
import { describeWithParts } from "../../support/parts";
import { pythonServer } from "../../support/python-server";

describeWithParts(["python"], "a client of Python's server", ({ python: { python } }) => {
  const server = pythonServer(python);
  afterEach(() => setTrackingUri(""));

  const filled = async (name: string) => {
    const client = new TrackingClient(server.uri);
    const experimentId = await client.createExperiment(name, { tags: { team: "vision" } });
    const { info } = await client.createRun(experimentId, { runName: "first", tags: { note: "a\nb" } });
    return { client, experimentId, runId: info.runId };
  };

  test("reads what it has written", async () => {
    const { client, experimentId, runId } = await filled("reads");
    await client.logBatch(runId, {
      metrics: [
        { key: "loss", value: 0.5, step: 1, timestamp: 10 },
        { key: "loss", value: Number.NaN, step: 2, timestamp: 20 },
        { key: "top", value: 1e308, step: -3, timestamp: 30 },
      ],
      params: [{ key: "rate", value: 0.1 }],
      tags: [{ key: "stage", value: "dev" }],
    });
    await client.logInputs(runId, {
      datasets: [
        {
          dataset: { name: "iris", digest: "abc", sourceType: "local", source: "{}", schema: "{}" },
          tags: { "mlflow.data.context": "train" },
        },
      ],
    });
    await client.setTerminated(runId, { endTime: 99 });
    const run = await client.getRun(runId);
    expect(run.info).toMatchObject({ runId, experimentId, runName: "first", status: "FINISHED", endTime: 99 });
    expect(run.data.params).toEqual({ rate: "0.1" });
    expect(run.data.metrics).toEqual({ loss: Number.NaN, top: 1e308 });
    expect(run.data.tags).toMatchObject({ note: "a\nb", stage: "dev", "mlflow.runName": "first" });
    expect(run.inputs.datasetInputs).toEqual([
      {
        dataset: { name: "iris", digest: "abc", sourceType: "local", source: "{}", schema: "{}" },
        tags: { "mlflow.data.context": "train" },
      },
    ]);
    expect(await client.getMetricHistory(runId, "loss")).toMatchObject([
      { value: 0.5, step: 1, timestamp: 10 },
      { value: Number.NaN, step: 2, timestamp: 20 },
    ]);
    expect(await client.getExperimentByName("reads")).toMatchObject({ experimentId, tags: { team: "vision" } });
    expect(await client.getExperimentByName("no such")).toBeUndefined();
  });

  test("finds runs by filter, order and page, by the fluent verbs as well", async () => {
    const { client, experimentId, runId } = await filled("finds");
    await client.logMetric(runId, "loss", 0.25);
    const other = await client.createRun(experimentId, { runName: "second" });
    await client.logMetric(other.info.runId, "loss", 0.5);
    setTrackingUri(server.uri);
    setExperiment("finds");
    const first = await searchRuns({ orderBy: ["metrics.loss DESC"], maxResults: 1 });
    expect(first.map(({ info }) => info.runName)).toEqual(["second"]);
    const rest = await searchRuns({ orderBy: ["metrics.loss DESC"], maxResults: 1, pageToken: first.nextPageToken });
    expect(rest.map(({ info }) => info.runName)).toEqual(["first"]);
    expect(await searchRuns({ filter: "metrics.loss < 0.1" })).toEqual([]);
    expect((await getRun(runId)).data.metrics).toEqual({ loss: 0.25 });
    expect((await searchExperiments({ filter: "name = 'finds'" }))[0]?.experimentId).toBe(experimentId);
  });

  test("is told the server's errors as ours", async () => {
    const { client, experimentId, runId } = await filled("errs");
    const codeOf = async (promise: Promise<unknown>) => (await rejectionOf(promise)).code;
    await client.logParam(runId, "rate", 0.1);
    expect(await codeOf(client.getRun("0".repeat(32)))).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(await codeOf(client.logParam(runId, "rate", 0.2))).toBe("INVALID_PARAMETER_VALUE");
    expect(await codeOf(client.searchRuns([experimentId], { filter: "nonsense =" }))).toBe("INVALID_PARAMETER_VALUE");
    expect(await codeOf(client.createExperiment("errs"))).toBe("RESOURCE_ALREADY_EXISTS");
    expect(await codeOf(client.getModelVersion("no such", 1))).toBe("RESOURCE_DOES_NOT_EXIST");
  });

  test("sends what is beyond the limits of one request in several", async () => {
    const { client, runId } = await filled("large");
    const values = Array.from({ length: 2500 }, (_, index) => index / 7);
    const steps = values.map((_, index) => index);
    await restStore({ uri: server.uri }).logBatch(runId, {
      metrics: [{ key: "m", values, timestamps: steps, steps }],
      params: Array.from({ length: 250 }, (_, index) => ({ key: `p${index}`, value: "é".repeat(5000) })),
    });
    expect((await client.getMetricHistory(runId, "m")).map(({ value }) => value)).toEqual(values);
    expect(Object.keys((await client.getRun(runId)).data.params)).toHaveLength(250);
  });

  test("keeps registered models on the server", async () => {
    const { client, experimentId, runId } = await filled("registry");
    const model = await client.createLoggedModel(experimentId, { name: "net", sourceRunId: runId, params: { a: 1 } });
    await client.finalizeLoggedModel(model.modelId, "READY");
    const version = await client.registerModel(`models:/${model.modelId}`, "wine", { tags: { team: "vision" } });
    expect(version).toMatchObject({ name: "wine", version: 1, runId, tags: { team: "vision" } });
    await client.setRegisteredModelAlias("wine", "champion", 1);
    expect(await client.getModelVersionByAlias("wine", "champion")).toMatchObject({
      version: 1,
      aliases: ["champion"],
    });
    expect(await client.getRegisteredModel("wine")).toMatchObject({ aliases: { champion: 1 } });
    expect((await client.searchModelVersions({ filter: "name = 'wine'" })).map((one) => one.version)).toEqual([1]);
    expect(await client.getModelVersionDownloadUri("wine", 1)).toBe(model.artifactLocation);
    expect((await client.searchLoggedModels([experimentId]))[0]).toMatchObject({ name: "net", params: { a: "1" } });
  });
});
