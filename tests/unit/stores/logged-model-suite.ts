import { beforeEach, describe, expect, test } from "vitest";
import type { TrackingStore } from "../../../src/stores";
import { errorOf } from "../../support/error-of";
import { series } from "./metric-series";

/** What every tracking store does with LoggedModels. `open` gives a new empty one. */
export function describeLoggedModels(open: () => TrackingStore): void {
  describe("logged models", () => {
    let store: TrackingStore;
    let experimentId: string;
    beforeEach(() => {
      store = open();
      experimentId = store.createExperiment("iris");
    });
    const create = (name = "model") =>
      store.createLoggedModel({
        experimentId,
        name,
        sourceRunId: "r",
        modelType: "tree",
        params: [{ key: "depth", value: "3" }],
        tags: [{ key: "stage", value: "dev" }],
      });

    test("are pending until finalized", () => {
      const model = create();
      expect(model).toMatchObject({
        name: "model",
        sourceRunId: "r",
        modelType: "tree",
        status: "PENDING",
        params: { depth: "3" },
        tags: { stage: "dev" },
        metrics: [],
      });
      expect(model.modelId).toMatch(/^m-[0-9a-f]{32}$/);
      expect(model.artifactLocation).toMatch(new RegExp(`/${model.modelId}/artifacts$`));
      expect(store.finalizeLoggedModel(model.modelId, "READY").status).toBe("READY");
      expect(store.getLoggedModel(model.modelId).status).toBe("READY");
    });

    test("lie where they are told to", () => {
      const artifactLocation = "/somewhere/run/artifacts/model";
      const { modelId } = store.createLoggedModel({ experimentId, name: "m", artifactLocation });
      expect(store.getLoggedModel(modelId).artifactLocation).toBe(artifactLocation);
    });

    test("have the latest of each metric for each data set", () => {
      const { modelId } = create();
      const { runId } = store.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] }).info;
      const measured = { modelId, datasetName: "test", datasetDigest: "d1" };
      store.logBatch(runId, {
        metrics: [
          { ...series("rmse", [3, 2, 1]), modelId },
          { ...series("rmse", [5]), ...measured },
        ],
      });
      const { metrics } = store.getLoggedModel(modelId);
      expect(metrics).toEqual([
        expect.objectContaining({ key: "rmse", value: 1, step: 2, runId, modelId }),
        expect.objectContaining({ key: "rmse", value: 5, step: 0, ...measured }),
      ]);
      expect(errorOf(() => store.logBatch(runId, { metrics: [{ ...series("a", [1]), modelId: "m-none" }] })).code).toBe(
        "RESOURCE_DOES_NOT_EXIST",
      );
    });

    test("change tags and params, and are found by them until deleted", () => {
      const { modelId } = create();
      create("other");
      store.setLoggedModelTags(modelId, [{ key: "stage", value: "prod" }]);
      store.logLoggedModelParams(modelId, [{ key: "trees", value: "10" }]);
      const found = (filter?: string) => store.searchLoggedModels([experimentId], { filter }).items.map((m) => m.name);
      expect(found("tags.stage = 'prod' AND params.trees = '10'")).toEqual(["model"]);
      store.deleteLoggedModelTag(modelId, "stage");
      expect(errorOf(() => store.deleteLoggedModelTag(modelId, "stage")).code).toBe("RESOURCE_DOES_NOT_EXIST");
      store.deleteLoggedModel(modelId);
      expect(found()).toEqual(["other"]);
      expect(errorOf(() => store.getLoggedModel(modelId)).code).toBe("RESOURCE_DOES_NOT_EXIST");
    });
  });
}
