import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { autolog, prepareAutolog, registerIntegration } from "../../../src/autolog";
import { fileRegistry } from "../../../src/stores";
import { flush, searchModelVersions, searchRegisteredModels, setRegistryUri, startRun } from "../../../src/tracking";
import { capturedStderr } from "../../support/captured-stderr";
import { forgetWarnings, newStore, withEnvironment } from "../tracking/new-store";
import { FAKE, Net, train, trainNow } from "./fake-library";

prepareAutolog();
registerIntegration(FAKE);
beforeEach(() => {
  forgetWarnings();
  autolog({ logSource: false, registeredModelName: "wine" });
});
afterEach(() => autolog({ disable: true }));

const versions = async () => searchModelVersions({ orderBy: ["version_number"] });

test("each model that is trained is a version of the registered model", async () => {
  const { runs, store } = newStore();
  await train(new Net(), { epochs: 2 });
  trainNow(new Net());
  const found = await versions();
  expect(found.map(({ name, version }) => [name, version])).toEqual([
    ["wine", 1],
    ["wine", 2],
  ]);
  expect(found.map(({ runId }) => runId)).toEqual(runs().map(({ info }) => info.runId));
  for (const { modelId = "", source, version } of found) {
    expect(source).toBe(`models:/${modelId}`);
    const { status, tags } = store.getLoggedModel(modelId);
    expect([status, tags["mlflow.modelVersions"]]).toEqual(["READY", `[{"name": "wine", "version": ${version}}]`]);
  }
});

test("a model whose training goes on stays the version that it is, and two of one run are two", async () => {
  newStore();
  const model = new Net();
  for (let time = 0; time < 3; time++) await train(model);
  await flush();
  expect(await versions()).toHaveLength(1);
  await startRun({}, () => {
    trainNow(new Net());
    trainNow(new Net());
  });
  const found = await versions();
  expect(found.map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(found[1]?.runId).toBe(found[2]?.runId);
});

test("it is done when the run has ended, and not before the training has", async () => {
  const { folder } = newStore();
  const registry = fileRegistry({ root: join(folder, "mlruns") });
  const run = startRun();
  await train(new Net(), { epochs: 2, onEpoch: () => expect(registry.searchModelVersions({}).items).toEqual([]) });
  await run.end();
  expect(registry.searchModelVersions({}).items).toMatchObject([{ name: "wine", runId: run.id, version: 1 }]);
});

test("nothing is registered of libraries that were not meant, or when no model is kept", async () => {
  newStore();
  autolog({ logSource: false, "ml-fake": { registeredModelName: "own" } });
  trainNow(new Net());
  expect((await versions()).map(({ name }) => name)).toEqual(["own"]);
  autolog({ logSource: false, registeredModelName: "other", "ml-fake": { logModels: false } });
  trainNow(new Net());
  autolog({ logSource: false, registeredModelName: "other", maxModelBytes: 0, silent: true });
  trainNow(new Net());
  autolog({ logSource: false });
  trainNow(new Net());
  expect((await searchRegisteredModels()).map(({ name }) => name)).toEqual(["own"]);
});

test("a registry that fails costs one warning, which the run tells too, and never the training or the model", async () => {
  const { folder, runs, store } = newStore();
  writeFileSync(join(folder, "registry"), "a file");
  setRegistryUri(join(folder, "registry"));
  onTestFinished(() => setRegistryUri(""));
  const stderr = capturedStderr();
  expect(await train(new Net())).toBe("trained");
  expect(trainNow(new Net())).toBe("trained");
  await flush();
  expect(stderr.filter((text) => text.includes("registering the model failed"))).toHaveLength(1);
  for (const { info, data } of runs()) {
    expect(info.status).toBe("FINISHED");
    expect(data.tags["trackbook.autolog.warning"]).toContain("it is a file");
  }
  expect(store.searchLoggedModels(["0"], {}).items.map(({ status }) => status)).toEqual(["READY", "READY"]);
});

test("a registry that trackbook does not have, chosen by the environment, costs one warning", async () => {
  const { runs } = newStore();
  withEnvironment({ MLFLOW_REGISTRY_URI: "databricks-uc" });
  const stderr = capturedStderr();
  trainNow(new Net());
  await flush();
  expect(stderr.filter((text) => text.includes("names no model registry"))).toHaveLength(1);
  expect(runs()[0]?.info.status).toBe("FINISHED");
});
