import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { LoggedModel } from "../../../src/core";
import {
  registerModel,
  searchModelVersions,
  searchRegisteredModels,
  setRegistryUri,
  TrackingClient,
} from "../../../src/tracking";
import { rejectionOf } from "../../support/error-of";
import { newRegistry } from "./new-registry";
import { newStore } from "./new-store";

let folder: string;
let client: TrackingClient;
let runId: string;
let model: LoggedModel;
beforeEach(async () => {
  ({ folder, client, runId, model } = await newRegistry());
});

const invalid = async (promise: Promise<unknown>) => {
  const error = await rejectionOf(promise);
  expect(error).toMatchObject({ name: "InvalidInputError", code: "INVALID_PARAMETER_VALUE" });
  expect(error.accepted).toBeTruthy();
  return error;
};

describe("a client", () => {
  test("creates, describes, tags, renames and deletes registered models", async () => {
    expect(await client.getRegisteredModel("wine")).toMatchObject({
      tags: { team: "vision", n: "1" },
      description: "red",
    });
    await client.setRegisteredModelTag("wine", "team", { a: 1 });
    await client.deleteRegisteredModelTag("wine", "n");
    await client.updateRegisteredModel("wine", { description: "white" });
    expect(await client.renameRegisteredModel("wine", "wein")).toMatchObject({
      name: "wein",
      tags: { team: '{"a":1}' },
      description: "white",
    });
    expect((await client.searchRegisteredModels({ filter: "name LIKE 'w%'" })).map(({ name }) => name)).toEqual([
      "wein",
    ]);
    await client.deleteRegisteredModel("wein");
    expect(await client.searchRegisteredModels()).toEqual([]);
  });

  test("creates, describes, tags, promotes, copies and deletes versions", async () => {
    const made = await client.createModelVersion("wine", `models:/${model.modelId}`, { tags: { k: 1 } });
    expect(made.version).toBe(1);
    await client.createModelVersion("wine", "s3://bucket/model", { runLink: "http://x", description: "far" });
    await client.setModelVersionTag("wine", "2", "a/b", true);
    await client.setModelVersionTag("wine", 2, "gone", 1);
    await client.deleteModelVersionTag("wine", 2, "gone");
    await client.updateModelVersion("wine", 2, { description: "farther" });
    await client.setRegisteredModelAlias("wine", "champion", "2");
    expect(await client.transitionModelVersionStage("wine", 2, "pRoduction")).toMatchObject({
      currentStage: "Production",
      aliases: ["champion"],
      tags: { "a/b": "true" },
      description: "farther",
      runLink: "http://x",
    });
    await client.transitionModelVersionStage("wine", 1, "production", { archiveExistingVersions: true });
    const latest = await client.getLatestVersions("wine", { stages: ["ARCHIVED", "production"] });
    expect(latest.map(({ version }) => version)).toEqual([2, 1]);
    expect(await client.getModelVersionDownloadUri("wine", "1")).toBe(model.artifactLocation);
    const copy = await client.copyModelVersion("models:/wine@champion", "served");
    expect(copy).toMatchObject({
      name: "served",
      version: 1,
      source: "models:/wine/2",
      description: "farther",
      runLink: "http://x",
      tags: { "a/b": "true" },
    });
    expect(await client.getModelVersionDownloadUri("served", 1)).toBe("s3://bucket/model");
    await client.deleteRegisteredModelAlias("wine", "champion");
    await client.deleteModelVersion("wine", 2);
    expect((await client.searchModelVersions({ filter: "name = 'wine'" })).map(({ version }) => version)).toEqual([1]);
    expect((await client.getModelVersionByAlias("wine", "latest")).version).toBe(1);
  });

  test("keeps registered models in another place than runs, when it is told to", async () => {
    const apart = new TrackingClient(join(folder, "mlruns"), join(folder, "registry"));
    expect(apart.registryUri).toBe(`file://${folder}/registry`);
    await apart.createRegisteredModel("wine");
    const version = await apart.createModelVersion("wine", `models:/${model.modelId}`);
    expect(version).toMatchObject({ runId, modelId: model.modelId, params: { depth: "3" } });
    expect(await new TrackingClient(join(folder, "registry")).getModelVersionDownloadUri("wine", 1)).toBe(
      model.artifactLocation,
    );
    expect(await client.searchModelVersions()).toEqual([]);
    expect((await apart.getLoggedModel(model.modelId)).tags["mlflow.modelVersions"]).toBe(
      '[{"name": "wine", "version": 1}]',
    );
    expect((await rejectionOf(new TrackingClient(folder, "ftp://r").getRegisteredModel("x"))).received).toBe("ftp://r");
  });
});

describe("a version's source", () => {
  const create = (source: string, options = {}) => client.createModelVersion("wine", source, options);

  test("that is a logged model says run and files, and the model is told of its versions", async () => {
    const version = await create(`models:/${model.modelId}`);
    expect(version).toMatchObject({
      source: `models:/${model.modelId}`,
      modelId: model.modelId,
      runId,
      params: { depth: "3" },
      metrics: [{ key: "rmse", value: 0.5 }],
    });
    await client.createRegisteredModel('é "2"');
    await client.createModelVersion('é "2"', `models:/${model.modelId}`);
    const tag = (await client.getLoggedModel(model.modelId)).tags["mlflow.modelVersions"] ?? "";
    expect(tag).toMatch(/^\[\{"name": "wine", "version": 1\}, \{/);
    expect(JSON.parse(tag)).toEqual([
      { name: "wine", version: 1 },
      { name: 'é "2"', version: 1 },
    ]);
    expect((await client.getRegisteredModel("wine")).latestVersions[0]?.metrics).toHaveLength(1);
    expect((await client.searchModelVersions({ filter: `run_id IN ('${runId}')` })).map(({ name }) => name)).toEqual([
      'é "2"',
      "wine",
    ]);
  });

  test("that is another version leads to the same files, run and model", async () => {
    await create(`models:/${model.modelId}`);
    await client.setRegisteredModelAlias("wine", "best", 1);
    await client.transitionModelVersionStage("wine", 1, "Staging");
    for (const source of ["models:/wine/1", "models:/wine@best", "models:/wine/staging"]) {
      const version = await create(source);
      expect(version).toMatchObject({ source: "models:/wine/1", modelId: model.modelId, runId });
      expect(await client.getModelVersionDownloadUri("wine", version.version)).toBe(model.artifactLocation);
    }
    expect(await create("models:/wine/latest")).toMatchObject({ source: "models:/wine/4" });
  });

  test("that is a run's model says the run; what the caller says goes before", async () => {
    expect(await create(`runs:/${runId}/model`)).toMatchObject({ source: `runs:/${runId}/model`, runId });
    expect(await create(`models:/${model.modelId}`, { runId: "other" })).toMatchObject({ runId: "other" });
    expect(await create("s3://b/m", { modelId: model.modelId })).toMatchObject({ modelId: model.modelId, runId });
  });

  test("that is a path is kept whole, for another working directory", async () => {
    expect((await create("models/a b")).source).toBe(join(process.cwd(), "models/a b"));
    expect((await create("file:models/a")).source).toBe(`file://${process.cwd()}/models/a`);
    for (const source of ["/abs/m", "file:///abs/m", "s3://bucket/m", "mlflow-artifacts:/1/m"])
      expect((await create(source)).source).toBe(source);
  });

  test("that is not there is an error, and no version is made", async () => {
    for (const source of [`models:/m-${"0".repeat(32)}`, "models:/wine/1", "models:/no such/1", "models:/wine/latest"])
      expect((await rejectionOf(create(source))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect((await rejectionOf(create("s3://b/m", { modelId: "m-none" }))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect((await rejectionOf(create("models:/wine/production"))).message).toContain(
      "has no version in the stage Production",
    );
    expect((await rejectionOf(client.createModelVersion("none", "/m"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(await client.searchModelVersions()).toEqual([]);
  });

  test("may outlive the logged model behind it", async () => {
    await create(`models:/${model.modelId}`);
    await client.deleteLoggedModel(model.modelId);
    const version = await client.getModelVersion("wine", 1);
    expect(version.modelId).toBe(model.modelId);
    expect(version).not.toHaveProperty("params");
    expect(await client.copyModelVersion("models:/wine/1", "copy")).toMatchObject({ modelId: model.modelId, runId });
  });
});

describe("registerModel", () => {
  const open = () => {
    const opened = newStore();
    return { ...opened, here: new TrackingClient() };
  };

  test("makes the registered model when it is missing, and a version each time", async () => {
    const { here, folder: place } = open();
    const { info } = await here.createRun("0");
    const { modelId } = await here.createLoggedModel("0", { name: "m", sourceRunId: info.runId });
    const version = await registerModel(`models:/${modelId}`, "wine", { tags: { a: 1 }, description: "first" });
    expect(version).toMatchObject({
      name: "wine",
      version: 1,
      source: `models:/${modelId}`,
      runId: info.runId,
      tags: { a: "1" },
      description: "first",
    });
    expect((await registerModel("models:/wine/1", "wine")).version).toBe(2);
    expect((await registerModel("models:/wine@latest", "other")).source).toBe("models:/wine/2");
    expect((await searchRegisteredModels()).map(({ name }) => name)).toEqual(["other", "wine"]);
    const found = await searchModelVersions({ filter: "name = 'wine'", orderBy: ["version_number"] });
    expect(found.map(({ version: number }) => number)).toEqual([1, 2]);
    setRegistryUri(join(place, "registry"));
    try {
      expect(new TrackingClient(place).registryUri).toBe(`file://${place}/registry`);
      expect(await searchRegisteredModels()).toEqual([]);
      expect((await registerModel(`models:/${modelId}`, "wine")).version).toBe(1);
    } finally {
      setRegistryUri("");
    }
  });

  test("finds a run's model by its folder, else by its name", async () => {
    const inFolder = await client.registerModel(`runs:/${runId}/model`, "wine");
    const { artifactUri } = (await client.getRun(runId)).info;
    expect(inFolder).toMatchObject({ source: `${artifactUri}/model`, runId, modelId: model.modelId });
    const elsewhere = await client.createLoggedModel("0", { name: "deep_elsewhere", sourceRunId: runId });
    await client.logOutputs(runId, [{ modelId: elsewhere.modelId, step: 0 }]);
    for (const name of ["deep_elsewhere", "deep/elsewhere", "deep/elsewhere/"])
      expect(await client.registerModel(`runs:/${runId}/${name}`, "wine")).toMatchObject({
        source: `models:/${elsewhere.modelId}`,
        modelId: elsewhere.modelId,
        runId,
      });
  });

  test("takes a model's folder, which may say whose it is", async () => {
    const saved = join(folder, "saved");
    mkdirSync(saved);
    writeFileSync(join(saved, "MLmodel"), "model_id: null\n");
    const alone = await client.registerModel(saved, "wine");
    expect([alone.source, alone.runId, alone.modelId]).toEqual([saved, undefined, undefined]);
    writeFileSync(join(saved, "MLmodel"), `model_id: ${model.modelId}\nrun_id: ${runId}\n`);
    expect(await client.registerModel(saved, "wine")).toMatchObject({ modelId: model.modelId, runId });
    writeFileSync(join(saved, "MLmodel"), `model_id: m-${"0".repeat(32)}\nrun_id: ${runId}\n`);
    expect((await client.registerModel(saved, "wine")).modelId).toBeUndefined();
    expect((await client.registerModel("s3://bucket/model", "wine")).source).toBe("s3://bucket/model");
  });

  test("of what is no model is an error, and nothing is made", async () => {
    for (const uri of [
      `models:/m-${"0".repeat(32)}`,
      "models:/wine/7",
      `runs:/${runId}/other`,
      `runs:/${"0".repeat(32)}/model`,
      join(folder, "nothing"),
      folder,
    ])
      expect((await rejectionOf(client.registerModel(uri, "new"))).code, uri).toBe("RESOURCE_DOES_NOT_EXIST");
    for (const uri of ["models:/a/b/c", "models:/", "models:/@x", "models:/x@", `runs:/${runId}`, "runs:/", ""])
      await invalid(client.registerModel(uri, "new"));
    expect((await client.searchRegisteredModels()).map(({ name }) => name)).toEqual(["wine"]);
  });
});
