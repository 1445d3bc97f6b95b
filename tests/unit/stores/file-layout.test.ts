import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fileStore } from "../../../src/stores";
import { temporaryFolder } from "../../support/temporary-folder";

beforeEach(() => {
  vi.useFakeTimers({ now: 1795321035196, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const md5 = (...parts: readonly string[]): string => createHash("md5").update(parts.join("")).digest("hex");

/** Every file of the store with its text, ids and the root replaced by their meaning. */
function treeOf(root: string, names: Readonly<Record<string, string>>): Record<string, string> {
  const plain = (text: string) =>
    Object.entries({ ...names, ROOT: root }).reduce((result, [name, value]) => result.replaceAll(value, name), text);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [plain(path), plain(readFileSync(path, "utf8"))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test("the files of a store are MLflow's, byte for byte", () => {
  const root = join(temporaryFolder(), "mlruns");
  const store = fileStore({ root });
  const experimentId = store.createExperiment("exp: é 1", { tags: [{ key: "team", value: "a" }] });
  const { runId } = store.createRun({
    experimentId,
    runName: "bold-cat-1",
    userId: "ada",
    startTime: 1795321035000,
    tags: [{ key: "mlflow.user", value: "ada" }],
  }).info;
  const { modelId } = store.createLoggedModel({ experimentId, name: "model", sourceRunId: runId, modelType: "linear" });
  const times = { timestamps: [1, 2, 3], steps: [-1, 0, 1] };
  store.logBatch(runId, {
    params: [{ key: "deep/lr", value: "0.1" }],
    metrics: [
      { key: "loss", values: [1, Number.NaN, 1e-7], ...times },
      { key: "on/test", values: [1, 2, 3], ...times, modelId, datasetName: "iris", datasetDigest: "d1" },
      { key: "spaced", values: [1, 2, 3], ...times, datasetName: "my iris", datasetDigest: "d1" },
    ],
  });
  const dataset = { name: "iris", digest: "d1", sourceType: "local", source: '{"uri": "iris.csv"}' };
  store.logInputs(runId, {
    datasets: [{ dataset, tags: { "mlflow.data.context": "training" } }],
    models: [{ modelId }],
  });
  store.logOutputs(runId, [{ modelId, step: 2 }]);
  store.finalizeLoggedModel(modelId, "READY");
  store.updateRun(runId, { status: "FINISHED", endTime: 1795321036000 });
  const deleted = store.createExperiment("deleted");
  store.deleteExperiment(deleted);
  const inputs = { "INPUT-1": md5(md5("iris", "d1"), runId), "INPUT-2": md5(modelId, runId) };
  expect(
    treeOf(root, { ...inputs, EXPERIMENT: experimentId, RUN: runId, MODEL: modelId, DELETED: deleted }),
  ).toMatchSnapshot();
});

test("a run that is deleted has its time noted, one that is restored has none", () => {
  const root = join(temporaryFolder(), "mlruns");
  const store = fileStore({ root });
  const { runId } = store.createRun({ experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] }).info;
  const deletedTime = () => /deleted_time.*/.exec(readFileSync(join(root, "0", runId, "meta.yaml"), "utf8"))?.[0];
  expect(deletedTime()).toBe("deleted_time: null");
  store.deleteRun(runId);
  expect(deletedTime()).toBe("deleted_time: 1795321035196");
  store.restoreRun(runId);
  expect(deletedTime()).toBeUndefined();
});

test("experiment ids have 18 digits, and another store's experiment of the same name has another", () => {
  const ids = [0, 1].map(() => fileStore({ root: join(temporaryFolder(), "mlruns") }).createExperiment("iris"));
  expect(ids[0]).toMatch(/^[1-9]\d{17}$/);
  expect(ids[0]).not.toBe(ids[1]);
});

test("an experiment can be created under a name that a renamed one had, and under a removed one's", () => {
  const store = fileStore({ root: join(temporaryFolder(), "mlruns") });
  const first = store.createExperiment("iris");
  store.renameExperiment(first, "old iris");
  const second = store.createExperiment("iris");
  store.renameExperiment(second, "older iris");
  store.deleteExperiment(second);
  expect(new Set([first, second, store.createExperiment("iris")]).size).toBe(3);
});
