import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TrackbookError } from "../../../src/core";
import { fileStore, type TrackingStore } from "../../../src/stores";
import { errorOf } from "../../support/error-of";
import { temporaryFolder } from "../../support/temporary-folder";
import { samples } from "../../support/samples";

/** Every way in which a name becomes a path of the file store. */
const WAYS: Readonly<Record<string, (store: TrackingStore, key: string, ids: Ids) => unknown>> = {
  "a new run's tag": (store, key) =>
    store.createRun({
      experimentId: "0",
      runName: "r",
      userId: "u",
      startTime: 1,
      tags: [{ key, value: "1" }],
    }),
  "a param": (store, key, { runId }) => store.logBatch(runId, { params: [{ key, value: "1" }] }),
  "a metric": (store, key, { runId }) =>
    store.logBatch(runId, { metrics: [{ key, values: [1], steps: [0], timestamps: [1] }] }),
  "a metric's history": (store, key, { runId }) => store.getMetricHistory(runId, key),
  "a tag": (store, key, { runId }) => store.logBatch(runId, { tags: [{ key, value: "1" }] }),
  "a tag to delete": (store, key, { runId }) => store.deleteTag(runId, key),
  "an experiment's tag": (store, key) => store.setExperimentTag("0", { key, value: "1" }),
  "a model's tag": (store, key, { modelId }) => store.setLoggedModelTags(modelId, [{ key, value: "1" }]),
  "a model's param": (store, key, { modelId }) => store.logLoggedModelParams(modelId, [{ key, value: "1" }]),
};

interface Ids {
  readonly runId: string;
  readonly modelId: string;
}

function newFileStore() {
  const folder = temporaryFolder();
  const store = fileStore({ root: join(folder, "a/b/c/mlruns") });
  const { runId } = store.createRun({ experimentId: "0", runName: "r", userId: "u", startTime: 1, tags: [] }).info;
  const { modelId } = store.createLoggedModel({ experimentId: "0", name: "m" });
  const outside = () =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith("a/b/c/mlruns/"));
  return { store, ids: { runId, modelId }, outside };
}

test.each(Object.entries(WAYS))("%s never leads out of its folder, whoever gives the name", (_, use) => {
  const { store, ids, outside } = newFileStore();
  const before = outside();
  for (const key of ["../../../../../../up", "..", "a/../../../../../../../up", "/up", "a\0", "", "."])
    expect(errorOf(() => use(store, key, ids)).code, key).toBe("INVALID_PARAMETER_VALUE");
  const part = fc.oneof(fc.constantFrom("..", ".", "", "a", "\0", "a\\b"), fc.string({ unit: "binary", maxLength: 4 }));
  const key = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(key, (name) => {
      try {
        use(store, name, ids);
      } catch (error) {
        expect(error).toBeInstanceOf(TrackbookError);
      }
    }),
    { numRuns: samples(40) },
  );
  expect(outside()).toEqual(before);
  expect(store.getRun(ids.runId).info.runId).toBe(ids.runId);
});
