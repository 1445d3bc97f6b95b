import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { SimpleLinearRegression, PolynomialRegression } from "ml-regression";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { autolog, prepareAutolog, registerIntegration } from "../../../src/autolog";
import { loadModel, logModel, saveModel } from "../../../src/libraries";
import { declareSignature } from "../../../src/models";
import { flush, searchModelVersions, setRegistryUri, startRun } from "../../../src/tracking";
import { errorOf, rejectionOf } from "../../support/error-of";
import { FAKE, Net, trainNow } from "../autolog/fake-library";
import { newStore, type NewStore } from "../tracking/new-store";

prepareAutolog();
const x = [1, 2, 3, 4];
const line = new SimpleLinearRegression(x, [2, 4, 6, 8]);
const curve = new PolynomialRegression(x, [1, 4, 9, 16], 2);

/** Each model that is READY: its name, and the id that the MLmodel file in its folder says. */
function readyModels({ store }: NewStore) {
  return store.searchLoggedModels(["0"], {}).items.map((model) => {
    expect(model.status).toBe("READY");
    const mlmodel = readFileSync(join(fileURLToPath(model.artifactLocation), "MLmodel"), "utf8");
    expect(/^model_id: (.+)$/m.exec(mlmodel)?.[1]).toBe(model.modelId);
    expect(mlmodel).toContain(`artifact_path: ${model.artifactLocation}`);
    return model.name;
  });
}

describe("a second model of one name on a run", () => {
  beforeEach(() => {
    process.env.TRACKBOOK_TESTING = "1";
  });
  afterEach(() => {
    autolog({ disable: true });
    delete process.env.TRACKBOOK_TESTING;
  });

  test("has a folder of its own, which the returned name says; the first stays as it was", async () => {
    const opened = newStore();
    const run = startRun();
    const first = await logModel(line, "m");
    const folder = fileURLToPath(run.artifactUri);
    const before = readFileSync(join(folder, "m/model.json"), "utf8");
    const second = await logModel(curve, "m");
    const third = await logModel(curve, "m");
    await run.end();
    expect([first.name, second.name, third.name]).toEqual(["m", "m-2", "m-3"]);
    expect(readyModels(opened).sort()).toEqual(["m", "m-2", "m-3"]);
    expect(readFileSync(join(folder, "m/model.json"), "utf8")).toBe(before);
    expect(readFileSync(join(folder, "m-2/model.json"), "utf8")).toContain("polynomialRegression");
  });

  test("has one also when both are logged at once", async () => {
    const opened = newStore();
    const run = startRun();
    const infos = await Promise.all([logModel(line, "m"), logModel(curve, "m")]);
    await run.end();
    expect(infos.map(({ name }) => name)).toEqual(["m", "m-2"]);
    expect(readyModels(opened).sort()).toEqual(["m", "m-2"]);
  });

  test("has one beside the model that autolog has kept, and autolog beside the user's", async () => {
    const opened = newStore();
    autolog({ logSource: false });
    const run = startRun();
    trainNow(new Net());
    expect((await logModel(line, "model")).name).toBe("model-2");
    trainNow(new Net());
    await run.end();
    expect(readyModels(opened).sort()).toEqual(["model", "model-2", "model-2-2"]);
  });

  test("has one also when the run was resumed", async () => {
    const opened = newStore();
    const run = startRun();
    await logModel(line, "deep/m");
    await run.end();
    const resumed = startRun({ runId: run.id });
    expect((await logModel(curve, "deep/m")).name).toBe("deep/m-2");
    await resumed.end();
    expect(readyModels(opened).sort()).toEqual(["deep_m", "deep_m-2"]);
  });
});

describe("two processes on one run", () => {
  afterEach(() => {
    autolog({ disable: true });
  });

  test("give their trainings and models different names, also when both begin before either has written", async () => {
    const opened = newStore();
    autolog({ logSource: false });
    const run = startRun();
    // To this process another run, as it is to another process.
    const other = startRun({ runId: run.id, nested: true });
    const models = [logModel(line, "m")];
    trainNow(new Net());
    await other.end();
    models.push(logModel(line, "m"));
    trainNow(new Net());
    expect((await Promise.all(models)).map(({ name }) => name).sort()).toEqual(["m", "m-2"]);
    await run.end();
    const { tags } = opened.run(run.id).data;
    expect(tags).toMatchObject({ estimator_name: "Net", "estimator_name-2": "Net" });
    expect(readyModels(opened).sort()).toEqual(["m", "m-2", "model", "model-2"]);
    const files = readdirSync(join(fileURLToPath(run.artifactUri), "m-2"));
    expect(files).toEqual(expect.arrayContaining(["MLmodel", "model.json"]));
    expect(files.filter((file) => file.startsWith("."))).toEqual([]);
  });
});

describe("a model that is trained on", () => {
  afterEach(() => {
    autolog({ disable: true });
  });

  test("replaces its own folder: the same id, no file of its earlier state", async () => {
    const opened = newStore();
    autolog({ logSource: false });
    const run = startRun();
    const model = new Net();
    const files = (parts: readonly string[]) => ({
      ...FAKE,
      flavor: {
        name: "ml-fake",
        recognises: (value: unknown): value is Net => value instanceof Net,
        snapshot: () => ({ files: parts.map((path) => ({ path, bytes: path })), config: {} }),
      },
    });
    trainNow(model, {}, files(["a.bin", "parts/b.bin"]));
    await flush();
    const [before] = opened.store.searchLoggedModels(["0"], {}).items;
    trainNow(model, {}, files(["a.bin", "c.bin"]));
    await run.end();
    const after = opened.store.searchLoggedModels(["0"], {}).items;
    expect(after.map(({ modelId, name }) => [modelId, name])).toEqual([[before?.modelId, "model"]]);
    expect(readyModels(opened)).toEqual(["model"]);
    const left = readdirSync(join(fileURLToPath(run.artifactUri), "model"), { recursive: true, withFileTypes: true });
    expect(left.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort()).toEqual(["MLmodel", "a.bin", "c.bin"]);
  });
});

describe("the models of a library that registerIntegration has added", () => {
  class Tree {
    depth = 3;
  }
  const flavor = {
    name: "ml-tree",
    recognises: (model: unknown): model is Tree => model instanceof Tree,
    snapshot: (model: object) => ({
      files: [{ path: "tree.json", bytes: JSON.stringify(model) }],
      config: { export: "Tree" },
    }),
  };

  test("are refused before, logged and saved after, under the flavor's name", async () => {
    const { store, folder } = newStore();
    await expect(logModel(new Tree(), "tree")).rejects.toThrow("no model of a library that trackbook knows");
    registerIntegration({ name: "ml-tree", packages: {}, trainings: [], flavor });
    const { modelId } = await logModel(new Tree(), "tree");
    await saveModel(new Tree(), join(folder, "saved"), { flavor: "ml-tree" });
    const logged = fileURLToPath(store.getLoggedModel(modelId).artifactLocation);
    for (const place of [logged, join(folder, "saved")]) {
      expect(readFileSync(join(place, "tree.json"), "utf8")).toBe('{"depth":3}');
      expect(readFileSync(join(place, "MLmodel"), "utf8")).toContain("  ml-tree:");
    }
  });

  test("are recognised by the descriptor that was added last", async () => {
    newStore();
    registerIntegration({ name: "ml-tree", packages: {}, trainings: [], flavor });
    const deeper = { ...flavor, name: "ml-tree-2", recognises: (model: unknown) => model instanceof Tree };
    registerIntegration({ name: "ml-tree-2", packages: {}, trainings: [], flavor: deeper });
    const run = startRun();
    await logModel(new Tree(), "tree");
    await run.end();
    expect(readFileSync(join(fileURLToPath(run.artifactUri), "tree/MLmodel"), "utf8")).toContain("  ml-tree-2:");
  });

  test("must come with a whole flavor", () => {
    const half = { name: "ml-tree", packages: {}, trainings: [], flavor: { name: "ml-tree" } };
    expect(errorOf(() => registerIntegration(half as never)).code).toBe("INVALID_PARAMETER_VALUE");
  });
});

describe("the params of logModel", () => {
  test("are kept as logParams keeps them", async () => {
    const { store } = newStore();
    const run = startRun();
    const params = { degree: 2, grid: { from: 1, to: [2, 3] }, at: new Date(0), none: null };
    const { modelId } = await logModel(line, "m", { params });
    await run.end();
    expect(store.getLoggedModel(modelId).params).toEqual({
      degree: "2",
      grid: '{"from":1,"to":[2,3]}',
      at: "1970-01-01T00:00:00.000Z",
      none: "null",
    });
  });

  test.each([[{ "a=b": 1 }], [{ "../up": 1 }], [{ size: Symbol("no") }]])(
    "%o are refused, and nothing is logged",
    async (params) => {
      const { store } = newStore();
      const run = startRun();
      const refused = await logModel(line, "m", { params }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
      await run.end();
      expect(store.searchLoggedModels(["0"], {}).items).toEqual([]);
    },
  );
});

test("a declared signature stands in the model's card and in its folder", async () => {
  const opened = newStore();
  const run = startRun();
  const signature = declareSignature({
    inputs: { x: "long?" },
    outputs: "double",
    params: { k: { type: "integer", default: 3 } },
  });
  const info = await logModel(line, "m", { signature });
  await run.end();
  expect(inspect(info)).toContain("(x?: long) → double, params: k: integer = 3");
  expect(readyModels(opened)).toEqual(["m"]);
  const mlmodel = readFileSync(join(fileURLToPath(run.artifactUri), "m/MLmodel"), "utf8");
  expect(mlmodel).toContain(`inputs: '[{"type":"long","name":"x","required":false}]'`);
});

test("tags of autolog's extraTags are checked when autolog is called", () => {
  for (const extraTags of [{ "a\nb": "x" }, { "": "x" }, { size: Symbol("no") }])
    expect(errorOf(() => autolog({ extraTags: extraTags as never })).code).toBe("INVALID_PARAMETER_VALUE");
});

describe("a model that is registered when it is logged", () => {
  test("is a new version each time, which the returned info says", async () => {
    newStore();
    const infos = await startRun({}, async () => [
      await logModel(line, "line", { registeredModelName: "wine" }),
      await logModel(curve, "curve", { registeredModelName: "wine" }),
      await logModel(curve, "other"),
    ]);
    expect(infos.map(({ registeredModelVersion }) => registeredModelVersion)).toEqual([1, 2, undefined]);
    expect(inspect(infos[1])).toContain("models:/wine/2");
    const versions = await searchModelVersions({ orderBy: ["version_number"] });
    expect(versions.map(({ source, runId, modelId }) => [source, runId, modelId])).toEqual(
      infos.slice(0, 2).map(({ modelUri, runId, modelId }) => [modelUri, runId, modelId]),
    );
    const loaded = await loadModel("models:/wine/2");
    expect(await loaded.predict([[2]])).toEqual(await (await loadModel(infos[1]?.modelUri ?? "")).predict([[2]]));
  });

  test("has a name that can be one, which is looked at before anything is kept", async () => {
    const { store } = newStore();
    const refused = startRun({}, () => logModel(line, "m", { registeredModelName: "models:/wine" }));
    expect(await rejectionOf(refused)).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: "models:/wine" });
    expect(store.searchLoggedModels(["0"], {}).items).toEqual([]);
  });

  test("is kept all the same when the registry fails", async () => {
    const { folder, store } = newStore();
    writeFileSync(join(folder, "registry"), "a file");
    setRegistryUri(join(folder, "registry"));
    onTestFinished(() => setRegistryUri(""));
    const refused = startRun({}, () => logModel(line, "m", { registeredModelName: "wine" }));
    expect(await rejectionOf(refused)).toMatchObject({ code: "INVALID_STATE" });
    expect(store.searchLoggedModels(["0"], {}).items.map(({ status }) => status)).toEqual(["READY"]);
  });
});
