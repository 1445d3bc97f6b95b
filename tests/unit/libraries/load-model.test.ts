import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { PolynomialRegression, SimpleLinearRegression } from "ml-regression";
import { describe, expect, test } from "vitest";
import { loadModel, logModel, saveModel } from "../../../src/libraries";
import { inferSignature } from "../../../src/models";
import { packageLoader } from "../../../src/models/loaded";
import { openRegistryStore } from "../../../src/stores";
import { getTrackingUri, startRun } from "../../../src/tracking";
import { rejectionOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { newStore, withEnvironment } from "../tracking/new-store";

const line = new SimpleLinearRegression([1, 2, 3], [2, 4, 6.5]);
const curve = new PolynomialRegression([1, 2, 3, 4], [1, 4, 9, 16], 2);
const asked = [0, 1 / 3, -5];

/** A run with the model. */
async function logged(name = "model", model: object = line) {
  const opened = newStore();
  const run = startRun();
  const info = await logModel(model, name, { signature: inferSignature([1], [1]), metadata: { stage: "test" } });
  const folder = join(fileURLToPath(run.artifactUri), name);
  return { ...opened, run, info, modelFolder: folder };
}

describe("a model is loaded", () => {
  test("from a path, a file URI, its run and its id, before anything was flushed", async () => {
    const { run, info, modelFolder } = await logged();
    const addresses = [
      `runs:/${run.id}/model`,
      info.modelUri,
      modelFolder,
      relative("", modelFolder),
      pathToFileURL(modelFolder).href,
    ];
    for (const uri of addresses) {
      const model = await loadModel(uri);
      expect(await model.predict(asked)).toEqual(line.predict(asked));
      expect(model).toMatchObject({
        modelId: info.modelId,
        runId: run.id,
        flavor: "ml-regression",
        folder: modelFolder,
        metadata: { stage: "test" },
      });
      expect(String(model.signature)).toBe("(float64[-1]) → float64[-1]");
      expect(model.unwrap()).toBeInstanceOf(SimpleLinearRegression);
    }
  });

  test("by a name with dots and slashes, as it was given", async () => {
    const { run } = await logged("nets/elasticnet_alpha_0.2_l1_0.3");
    const model = await loadModel(`runs:/${run.id}/nets/elasticnet_alpha_0.2_l1_0.3`);
    expect(await model.predict(asked)).toEqual(line.predict(asked));
  });

  test("that lies elsewhere, as MLflow's do, by its run and its name", async () => {
    const { store, run, info, modelFolder } = await logged();
    await run.end();
    const elsewhere = temporaryFolder();
    const other = store.createLoggedModel({
      experimentId: "0",
      name: "net_0_1",
      sourceRunId: run.id,
      artifactLocation: pathToFileURL(elsewhere).href,
    });
    store.logOutputs(run.id, [{ modelId: other.modelId, step: 0 }]);
    const early = await rejectionOf(loadModel(`models:/${other.modelId}`));
    expect(early).toMatchObject({ code: "INVALID_STATE" });
    expect(early.message).toContain("it is PENDING");
    cpSync(modelFolder, elsewhere, { recursive: true });
    store.finalizeLoggedModel(other.modelId, "READY");
    for (const name of ["net_0_1", "net.0:1"])
      expect((await loadModel(`runs:/${run.id}/${name}`)).folder).toBe(elsewhere);
    rmSync(join(elsewhere, "MLmodel"));
    const { message } = await rejectionOf(loadModel(`runs:/${run.id}/net.0:1`));
    expect(message).toContain(`no MLmodel file in ${fileURLToPath(run.artifactUri)}/net.0:1, nor in ${elsewhere}.`);
    expect(message).toContain("Hint: the models there are model, net_0_1.");
    expect(info.name).toBe("model");
  });

  test("from the registry: by version, the newest one, alias and stage", async () => {
    const { run, info } = await logged();
    const second = await logModel(curve, "curve");
    await run.end();
    const registry = openRegistryStore(getTrackingUri());
    await registry.createRegisteredModel("wine");
    await registry.createModelVersion("wine", {
      source: info.modelUri,
      storageLocation: (await loadModel(info.modelUri)).folder,
    });
    await registry.createModelVersion("wine", { source: `runs:/${run.id}/curve` });
    await registry.setRegisteredModelAlias("wine", "champion", 1);
    await registry.transitionModelVersionStage("wine", 1, "Production");
    for (const address of ["wine/1", "wine@champion", "wine/Production"])
      expect(await (await loadModel(`models:/${address}`)).predict(asked), address).toEqual(line.predict(asked));
    for (const address of ["wine/2", "wine/latest", "wine@latest", "wine/None"])
      expect((await loadModel(`models:/${address}`)).modelId, address).toBe(second.modelId);
    for (const [address, code] of [
      ["wine/3", "RESOURCE_DOES_NOT_EXIST"],
      ["wine/Staging", "RESOURCE_DOES_NOT_EXIST"],
      ["beer/1", "RESOURCE_DOES_NOT_EXIST"],
      ["beer/latest", "RESOURCE_DOES_NOT_EXIST"],
      ["wine@loser", "INVALID_PARAMETER_VALUE"],
    ])
      expect((await rejectionOf(loadModel(`models:/${address}`))).code, address).toBe(code);
    renameSync((await loadModel("models:/wine/1")).folder, join(temporaryFolder(), "gone"));
    expect((await rejectionOf(loadModel("models:/wine/1"))).message).toMatch(
      /There is no model at models:\/wine\/1: no MLmodel file in /,
    );
  });

  test("whatever else its MLmodel file says", async () => {
    const folder = join(temporaryFolder(), "model");
    await saveModel(line, folder);
    const path = join(folder, "MLmodel");
    writeFileSync(path, `${readFileSync(path, "utf8")}new_in_mlflow_9: [1, yes]\nmetadata: null\n`);
    const { info, metadata, signature } = await loadModel(folder);
    expect(info.fields.new_in_mlflow_9).toEqual([1, true]);
    expect(info).toMatchObject({ mlflowVersion: "3.17.2", modelUuid: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(info.utcTimeCreated).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect([metadata, signature]).toEqual([{}, undefined]);
  });

  test("and looks at what it is asked, before the model does", async () => {
    const { info } = await logged();
    const model = await loadModel(info.modelUri);
    expect((await rejectionOf(model.predict(["1"]))).message).toContain('Received: "1". Accepted: float64: a number');
    expect((await rejectionOf(model.predict([1], { t: 1 }))).message).toContain('The model has no param "t".');
    expect(await model.predict<number[]>([])).toEqual([]);
  });

  test("and shows itself as a card", async () => {
    const { info } = await logged();
    const model = await loadModel(info.modelUri);
    expect(inspect(model)).toContain(`loadModel("${info.modelUri}")`);
    expect(inspect(model)).toContain("ml-regression");
    expect(inspect([model])).toContain("LoadedModel model (ml-regression)");
  });
});

describe("no model is loaded", () => {
  test("from where there is none, saying where it was looked for", async () => {
    const { run, modelFolder } = await logged();
    const folder = temporaryFolder();
    const empty = await rejectionOf(loadModel(folder));
    expect(empty.message).toContain(`There is no model at ${folder}: no MLmodel file in ${folder}. Received: `);
    expect(empty.hint).toContain("runs:/RUN_ID/NAME");
    expect((await rejectionOf(loadModel(join(modelFolder, "..")))).message).toContain(
      "Hint: the models there are model.",
    );
    const missing = await rejectionOf(loadModel(`runs:/${run.id}/other`));
    expect(missing.message).toContain(`no MLmodel file in ${join(modelFolder, "..")}/other.`);
    expect(missing.hint).toBe("the models there are model.");
    for (const uri of [`runs:/${"0".repeat(32)}/model`, `models:/m-${"0".repeat(32)}`])
      expect((await rejectionOf(loadModel(uri))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect((await rejectionOf(loadModel("s3://bucket/model"))).code).toBe("INVALID_PARAMETER_VALUE");
    expect((await rejectionOf(loadModel(undefined as never))).message).toContain("This is no address of a model.");
  });

  const mlmodel = (text: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "MLmodel"), text);
    return folder;
  };
  test.each<[string, string, string]>([
    [
      "of Python's flavors alone",
      "flavors:\n  python_function: {}\n  sklearn: {}\n",
      "Accepted: a model with one of the flavors ",
    ],
    ["no flavors", "run_id: x\n", "it names no flavors"],
    ["no mapping", "- a\n", "it is no mapping"],
    ["no YAML", "a: [\n", "cannot be read: "],
    [
      "no signature",
      "flavors: {ml-regression: {}}\nsignature: {inputs: '[5]'}\n",
      "The inputs of this signature cannot be read",
    ],
  ])("when its MLmodel file says %s", async (_, text, message) => {
    expect((await rejectionOf(loadModel(mlmodel(text)))).message).toContain(message);
  });

  test("of Python's, which is told how it is loaded", async () => {
    const folder = mlmodel("flavors:\n  python_function: {}\n  sklearn: {}\n");
    expect(await rejectionOf(loadModel(folder))).toMatchObject({
      received: "python_function, sklearn",
      hint: `Python loads it: mlflow.pyfunc.load_model("${folder}")`,
    });
  });

  test("when its files are gone", async () => {
    const { modelFolder, run } = await logged();
    await run.end();
    rmSync(join(modelFolder, "model.json"));
    const { message, cause } = await rejectionOf(loadModel(modelFolder));
    expect(message).toMatch(/^The model in .+ could not be made again: ENOENT.+ Hint: it was made with ml-regression/);
    expect(cause).toMatchObject({ code: "ENOENT" });
  });
});

describe("a package of the model", () => {
  const packageIn = (folder: string, answer: number) => {
    const place = join(folder, "node_modules", "only-for-tests");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), `module.exports = { answer: ${answer} };`);
  };
  const load = (folder: string) => packageLoader(folder, { package: "only-for-tests", package_version: "1.2.3" });

  test("is looked for in its own folder, then where TRACKBOOK_NODE_PATH says, then where the program runs", async () => {
    const [folder, first, second] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    withEnvironment({ TRACKBOOK_NODE_PATH: `${first}:${join(second, "node_modules")}` });
    const require = load(folder);
    packageIn(second, 3);
    expect(require("only-for-tests")).toEqual({ answer: 3 });
    packageIn(first, 2);
    expect(require("only-for-tests")).toEqual({ answer: 2 });
    packageIn(folder, 1);
    expect(require("only-for-tests")).toEqual({ answer: 1 });
    expect(require("ml-regression")).toHaveProperty("SimpleLinearRegression");
  });

  test("that is missing is an error with the command that installs it", async () => {
    const folder = join(temporaryFolder(), "it's a model");
    mkdirSync(folder);
    const require = load(folder);
    const refused = async (name: string) => rejectionOf(Promise.resolve().then(() => require(name)));
    const error = await refused("only-for-tests");
    expect(error).toMatchObject({ code: "MISSING_PACKAGE", received: "only-for-tests" });
    expect(error.message).toContain(`installed in none of ${join(folder, "node_modules")}, node_modules.`);
    expect(error.hint).toContain("npm install only-for-tests@1.2.3 installs it");
    expect((await refused("another-one")).hint).toContain("npm install another-one installs it");
    writeFileSync(join(folder, "package-lock.json"), "{}");
    expect((await refused("only-for-tests")).hint).toContain(
      `npm ci --prefix '${folder.replace("'", "'\\''")}' installs it`,
    );
  });

  test("that does not load says itself what is wrong", async () => {
    const folder = temporaryFolder();
    packageIn(folder, 1);
    writeFileSync(join(folder, "node_modules/only-for-tests/index.js"), 'throw new Error("broken inside")');
    const require = load(folder);
    expect(() => require("only-for-tests")).toThrow("broken inside");
  });
});
