import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { fileStore, openTrackingStore } from "../../../src/stores";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { describeHistoryParts } from "./history-part-suite";
import { describeSampledHistories } from "./sampled-history-suite";
import { describeTrackingStore } from "./tracking-store-suite";

const open = () => fileStore({ root: join(temporaryFolder(), "mlruns") });
describeTrackingStore("the file store", { open });
describeHistoryParts("the file store", 20_000, { open });
describeSampledHistories("the file store", { open });

const newRun = { experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] };

describe("a place for a file store", () => {
  test("is not made by opening and reading it, which finds it empty", () => {
    const root = join(temporaryFolder(), "mlruns");
    const store = fileStore({ root });
    expect(store.searchExperiments({ viewType: "ALL" }).items).toEqual([]);
    expect(store.searchRuns(["0"], {}).items).toEqual([]);
    expect(store.getExperimentByName("Default")).toBeUndefined();
    expect(store.getExperiment("0").name).toBe("Default");
    expect(errorOf(() => store.getRun("a".repeat(32))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    expect(existsSync(root)).toBe(false);
  });

  test("gets the default experiment and .trash with the first write", () => {
    const root = join(temporaryFolder(), "deep", "mlruns");
    const id = fileStore({ root }).createExperiment("mine");
    expect(readdirSync(root).sort()).toEqual([".trash", "0", id].sort());
  });

  test("may be an empty folder, or one with the artifacts of a database's runs", () => {
    const empty = temporaryFolder();
    expect(fileStore({ root: empty }).createRun(newRun).info.experimentId).toBe("0");
    const artifactsOnly = temporaryFolder();
    mkdirSync(join(artifactsOnly, "1", "f".repeat(32), "artifacts"), { recursive: true });
    const store = fileStore({ root: artifactsOnly });
    expect(store.searchExperiments({ viewType: "ALL" }).items).toEqual([]);
    expect(store.createRun(newRun).info.experimentId).toBe("0");
  });

  test("is refused when it is a file or holds other things", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "notes.txt"), "mine");
    const file = errorOf(() => fileStore({ root: join(folder, "notes.txt") }).searchExperiments({}));
    expect(file.message).toContain("it is a file");
    for (const use of [
      () => fileStore({ root: folder }).searchExperiments({}),
      () => fileStore({ root: folder }).createRun(newRun),
      () => fileStore({ root: folder }).createExperiment("x"),
    ]) {
      const error = errorOf(use);
      expect(error).toMatchObject({ code: "INVALID_STATE", received: folder });
      expect(error.hint).toContain("MLFLOW_TRACKING_URI");
    }
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
  });

  test("has one experiment of a name, also when it is reached by a symbolic link", () => {
    const folder = temporaryFolder();
    fileStore({ root: join(folder, "mlruns") }).createExperiment("first");
    symlinkSync(join(folder, "mlruns"), join(folder, "link"));
    const elsewhere = fileStore({ root: join(folder, "link") });
    expect(errorOf(() => elsewhere.createExperiment("first")).code).toBe("RESOURCE_ALREADY_EXISTS");
  });

  test("notes artifact locations in the form it was given", () => {
    const root = join(temporaryFolder(), "ml runs");
    const byPath = fileStore({ root });
    const byUri = fileStore({ root: pathToFileURL(root).href });
    const locationOf = (store: typeof byPath, name: string) =>
      store.getExperiment(store.createExperiment(name)).artifactLocation;
    expect(locationOf(byPath, "a")).toMatch(new RegExp(`^${root}/\\d{18}$`));
    expect(locationOf(byUri, "b")).toMatch(/^file:\/\/\/.*\/ml%20runs\/\d{18}$/);
    expect(byPath.uri).toBe(byUri.uri);
  });
});

describe("openTrackingStore", () => {
  test("gives one store for one place", () => {
    const folder = temporaryFolder();
    expect(openTrackingStore(folder)).toBe(openTrackingStore(`${folder}/x/..`));
    expect(openTrackingStore(`file://${folder}`)).toBe(openTrackingStore(`file:${folder}`));
    expect(openTrackingStore(`${folder}/a b`).uri).toBe(`file://${folder}/a%20b`);
    expect(openTrackingStore("file:some%20runs").uri).toBe(pathToFileURL(join(process.cwd(), "some runs")).href);
  });

  test("refuses what it has no store for", () => {
    for (const uri of ["http://localhost:5000", "databricks://x", ""])
      expect(errorOf(() => openTrackingStore(uri))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: uri });
  });
});

describe("a run", () => {
  test("is found again after another process has moved its experiment", () => {
    const root = join(temporaryFolder(), "mlruns");
    const [here, there] = [fileStore({ root }), fileStore({ root })];
    const experimentId = here.createExperiment("moved");
    const { runId } = here.createRun({ ...newRun, experimentId }).info;
    there.deleteExperiment(experimentId);
    expect(here.getRun(runId).info.lifecycleStage).toBe("deleted");
    expect(errorOf(() => here.logBatch(runId, { tags: [{ key: "a", value: "b" }] })).code).toBe(
      "INVALID_PARAMETER_VALUE",
    );
    expect(readdirSync(root)).not.toContain(experimentId);
    there.restoreExperiment(experimentId);
    here.logBatch(runId, { tags: [{ key: "a", value: "b" }] });
    expect(there.getRun(runId).data.tags.a).toBe("b");
  });

  test("takes no write once another process has deleted it, however shortly after the last, and takes them again", () => {
    const root = join(temporaryFolder(), "mlruns");
    const [here, there] = [fileStore({ root }), fileStore({ root })];
    const { runId } = here.createRun(newRun).info;
    const write = (value: string) => here.logBatch(runId, { tags: [{ key: "a", value }] });
    for (let round = 0; round < 20; round++) {
      write(`${round}`);
      there.deleteRun(runId);
      expect(errorOf(() => write("late")).code).toBe("INVALID_PARAMETER_VALUE");
      there.restoreRun(runId);
    }
    write("last");
    expect(there.getRun(runId).data.tags.a).toBe("last");
    // As Python does it: in place.
    const meta = join(root, "0", runId, "meta.yaml");
    writeFileSync(meta, readFileSync(meta, "utf8").replace("lifecycle_stage: active", "lifecycle_stage: deleted"));
    expect(errorOf(() => write("late")).code).toBe("INVALID_PARAMETER_VALUE");
  });

  test("refuses names that a file system cannot keep beside others", () => {
    const store = fileStore({ root: join(temporaryFolder(), "mlruns") });
    const { runId } = store.createRun(newRun).info;
    const param = (key: string) => store.logBatch(runId, { params: [{ key, value: "1" }] });
    param("a");
    param("b/c");
    for (const key of ["a/b", "b"])
      expect(errorOf(() => param(key))).toMatchObject({ code: "INVALID_PARAMETER_VALUE", received: key });
    expect(errorOf(() => store.logBatch(runId, { tags: [{ key: "mlflow.runName/x", value: "1" }] })).code).toBe(
      "INVALID_PARAMETER_VALUE",
    );
    expect(errorOf(() => param("é".repeat(200))).message).toContain("255 bytes");
    expect(store.getRun(runId).data.params).toEqual({ a: "1", "b/c": "1" });
  });

  test("that is moved away while it is written to is not begun anew in its old place", () => {
    const root = join(temporaryFolder(), "mlruns");
    const store = fileStore({ root });
    const experimentId = store.createExperiment("moved");
    const { runId } = store.createRun({ ...newRun, experimentId }).info;
    const move = {
      key: "a",
      get value() {
        renameSync(join(root, experimentId), join(root, ".trash", experimentId));
        return "1";
      },
    };
    const error = errorOf(() => store.logBatch(runId, { params: [move] }));
    expect(error).toMatchObject({ code: "INTERNAL_ERROR", cause: { code: "ENOENT" } });
    expect(existsSync(join(root, experimentId))).toBe(false);
  });

  test("leaves no unfinished files behind", () => {
    const root = join(temporaryFolder(), "mlruns");
    const store = fileStore({ root });
    const { runId } = store.createRun(newRun).info;
    store.updateRun(runId, { status: "FINISHED", endTime: 2, runName: "x" });
    const names = readdirSync(root, { recursive: true }).map(String);
    expect(names.filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});

test("a LoggedModel is found again after another process has moved its experiment", () => {
  const root = join(temporaryFolder(), "mlruns");
  const [here, there] = [fileStore({ root }), fileStore({ root })];
  const experimentId = here.createExperiment("moved");
  const made = here.createLoggedModel({ experimentId, name: "m", params: [{ key: "__proto__", value: "1" }] });
  expect(here.getLoggedModel(made.modelId)).toEqual(made);
  there.deleteExperiment(experimentId);
  expect(here.finalizeLoggedModel(made.modelId, "READY").status).toBe("READY");
  there.restoreExperiment(experimentId);
  expect(here.getLoggedModel(made.modelId).status).toBe("READY");
  there.deleteLoggedModel(made.modelId);
  expect(errorOf(() => here.getLoggedModel(made.modelId)).code).toBe("RESOURCE_DOES_NOT_EXIST");
});
