import { appendFileSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { fileStore, type TrackingStore } from "../../../src/stores";
import { capturedStderr } from "../../support/captured-stderr";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";

let root: string;
let store: TrackingStore;
let good: string;
let bad: string;
let stderr: readonly string[];

beforeEach(() => {
  root = join(temporaryFolder(), "mlruns");
  store = fileStore({ root });
  [good, bad] = ["good", "bad"].map((runName) => {
    const { runId } = store.createRun({ experimentId: "0", runName, userId: "u", startTime: 1, tags: [] }).info;
    store.logBatch(runId, { metrics: [{ key: "loss", values: [1, 2], steps: [0, 1], timestamps: [1, 2] }] });
    return runId;
  }) as [string, string];
  stderr = capturedStderr();
});

const inBad = (...path: string[]) => join(root, "0", bad, ...path);
const rewrite = (change: (meta: string) => string) =>
  writeFileSync(inBad("meta.yaml"), change(readFileSync(inBad("meta.yaml"), "utf8")));

const DAMAGES: readonly [damage: string, damage: () => void, file: string, reason: string][] = [
  ["an empty meta.yaml", () => truncateSync(inBad("meta.yaml")), "meta.yaml", "no YAML mapping"],
  ["a meta.yaml cut in the midst", () => truncateSync(inBad("meta.yaml"), 60), "meta.yaml", "it has no"],
  ["a meta.yaml that is no YAML", () => writeFileSync(inBad("meta.yaml"), "a: [b\nc: {"), "meta.yaml", ""],
  ["a meta.yaml of bytes", () => writeFileSync(inBad("meta.yaml"), Buffer.from([0xff, 0xfe, 0])), "meta.yaml", "UTF-8"],
  ["another run's meta.yaml", () => rewrite((meta) => meta.replaceAll(bad, good)), "meta.yaml", "its run_id is"],
  ["an unknown status", () => rewrite((meta) => meta.replace("status: 1", "status: 9")), "meta.yaml", "its status 9"],
  [
    "a start time of text",
    () => rewrite((meta) => meta.replace(/start_time: .*/, "start_time: noon")),
    "meta.yaml",
    "start_time",
  ],
  ["binary junk in a tag", () => writeFileSync(inBad("tags", "junk"), Buffer.from([0xc3, 0x28, 0])), "junk", "UTF-8"],
  ["a metric line of junk", () => writeFileSync(inBad("metrics", "loss"), "junk\n1 2.0 3\n"), "loss", '"junk"'],
];

test.each(DAMAGES)(
  "%s: that run is an error by id, and left out of a search with one warning",
  (_, damage, file, reason) => {
    damage();
    const error = errorOf(() => store.getRun(bad));
    expect(error.code).toBe("DATA_LOSS");
    expect(error.message).toContain(file);
    expect(error.message).toContain(reason);
    for (let search = 0; search < 2; search++) {
      const found = store.searchRuns(["0"], { viewType: "ALL" }).items;
      expect(found.map((run) => run.info.runName)).toEqual(["good"]);
    }
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toContain(`the run ${bad} is left out`);
  },
);

test("a half-written metric line costs that point only", () => {
  appendFileSync(inBad("metrics", "loss"), "1795321035196 0.");
  expect(store.getRun(bad).data.metrics).toEqual({ loss: 2 });
  expect(store.getMetricHistory(bad, "loss").items).toHaveLength(2);
  expect(store.searchRuns(["0"], {}).items).toHaveLength(2);
  const later = fileStore({ root });
  later.logBatch(bad, { metrics: [{ key: "loss", values: [3], steps: [2], timestamps: [3] }] });
  expect(later.getMetricHistory(bad, "loss").items.map((point) => point.value)).toEqual([1, 2, 3]);
  expect(stderr).toHaveLength(1);
});

test("an empty metric file is a metric without points", () => {
  truncateSync(inBad("metrics", "loss"));
  expect(store.getRun(bad).data.metrics).toEqual({});
  expect(store.searchRuns(["0"], {}).items).toHaveLength(2);
  expect(stderr).toHaveLength(1);
});

test("a folder without meta.yaml or without a run's folders is no run", () => {
  rmSync(inBad("metrics"), { recursive: true });
  expect(errorOf(() => fileStore({ root }).getRun(bad)).code).toBe("RESOURCE_DOES_NOT_EXIST");
  expect(store.searchRuns(["0"], {}).items).toHaveLength(1);
  expect(stderr).toEqual([]);
});

test("a corrupt experiment is left out of the listing, and its name can be looked for", () => {
  const experimentId = store.createExperiment("damaged");
  truncateSync(join(root, experimentId, "meta.yaml"));
  expect(errorOf(() => store.getExperiment(experimentId)).code).toBe("DATA_LOSS");
  expect(store.searchExperiments({}).items.map(({ name }) => name)).toEqual(["Default"]);
  expect(store.getExperimentByName("damaged")).toBeUndefined();
  expect(store.searchRuns([experimentId, "0"], {}).items).toHaveLength(2);
  expect(stderr).toHaveLength(1);
});

test("a corrupt logged model is left out of a search", () => {
  const models = ["a", "b"].map((name) => store.createLoggedModel({ experimentId: "0", name }).modelId) as [
    string,
    string,
  ];
  writeFileSync(join(root, "0", "models", models[0], "meta.yaml"), "nonsense");
  expect(errorOf(() => store.getLoggedModel(models[0])).code).toBe("DATA_LOSS");
  expect(store.searchLoggedModels(["0"], {}).items.map(({ name }) => name)).toEqual(["b"]);
  expect(stderr).toHaveLength(1);
});

test("a full disk is an error of the store that says so, and the next write goes on", () => {
  const points = { metrics: [{ key: "full", values: [1], steps: [0], timestamps: [1] }] };
  symlinkSync("/dev/full", inBad("metrics", "full"));
  const error = errorOf(() => store.logBatch(bad, points));
  expect(error).toMatchObject({ name: "StoreError", code: "INTERNAL_ERROR", cause: { code: "ENOSPC" } });
  expect(error.hint).toContain("the disk is full");
  rmSync(inBad("metrics", "full"));
  store.logBatch(bad, points);
  expect(store.getRun(bad).data.metrics).toEqual({ loss: 2, full: 1 });
});

test("what the file system refuses is an error of the store with its cause", () => {
  rmSync(inBad("params"), { recursive: true });
  writeFileSync(inBad("params"), "in the way");
  const error = errorOf(() => store.logBatch(bad, { params: [{ key: "a", value: "1" }] }));
  expect(error.code).toBe("INVALID_PARAMETER_VALUE");
  expect(error.cause).toMatchObject({ code: "ENOTDIR" });
});
