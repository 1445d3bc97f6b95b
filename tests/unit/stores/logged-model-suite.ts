import { beforeEach, describe, expect, test } from "vitest";
import type { LoggedModel, Metric } from "../../../src/core";
import type { AnyTrackingStore } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import { series } from "./metric-series";
import type { StorePlace } from "./store-place";

/** What every tracking store does with LoggedModels. */
export function describeLoggedModels({ open, answersEveryModelPoint = false, placesModels = false }: StorePlace): void {
  describe("logged models", () => {
    let store: AnyTrackingStore;
    let experimentId: string;
    beforeEach(async () => {
      store = await open();
      experimentId = await store.createExperiment("iris");
    });
    const refused = (act: () => unknown) => rejectionOf((async () => act())());
    const create = async (name = "model"): Promise<LoggedModel> =>
      store.createLoggedModel({
        experimentId,
        name,
        sourceRunId: "r",
        modelType: "tree",
        params: [{ key: "depth", value: "3" }],
        tags: [{ key: "stage", value: "dev" }],
      });

    test("are pending until finalized", async () => {
      const model = await create();
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
      expect((await store.finalizeLoggedModel(model.modelId, "READY")).status).toBe("READY");
      expect((await store.getLoggedModel(model.modelId)).status).toBe("READY");
    });

    test("lie where they are told to, or nobody is told", async () => {
      const artifactLocation = "/somewhere/run/artifacts/model";
      const make = () => store.createLoggedModel({ experimentId, name: "m", artifactLocation });
      if (placesModels) {
        expect((await refused(make)).code).toBe("INVALID_PARAMETER_VALUE");
        return;
      }
      const { modelId } = await make();
      expect((await store.getLoggedModel(modelId)).artifactLocation).toBe(artifactLocation);
    });

    test("have the latest of each metric for each data set", async () => {
      const { modelId } = await create();
      const { runId } = (await store.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] }))
        .info;
      const measured = { modelId, datasetName: "test", datasetDigest: "d1" };
      const onTest = { ...series("rmse", [5], [9]), ...measured };
      await store.logBatch(runId, {
        metrics: [{ ...series("rmse", [3, 2, 1]), modelId }, onTest],
      });
      const { metrics } = await store.getLoggedModel(modelId);
      const latestOn = (datasetName?: string) => metrics.filter((metric) => metric.datasetName === datasetName).at(-1);
      expect(latestOn()).toMatchObject({ key: "rmse", value: 1, step: 2, runId, modelId } satisfies Partial<Metric>);
      expect(latestOn("test")).toMatchObject({ key: "rmse", value: 5, step: 9, ...measured });
      expect(metrics).toHaveLength(answersEveryModelPoint ? 4 : 2);
      expect(
        (await refused(() => store.logBatch(runId, { metrics: [{ ...series("a", [1]), modelId: "m-none" }] }))).code,
      ).toBe("RESOURCE_DOES_NOT_EXIST");
    });

    test("change tags and params, and are found by them until deleted", async () => {
      const { modelId } = await create();
      await create("other");
      await store.setLoggedModelTags(modelId, [{ key: "stage", value: "prod" }]);
      await store.logLoggedModelParams(modelId, [{ key: "trees", value: "10" }]);
      const found = async (filter?: string) =>
        (await store.searchLoggedModels([experimentId], { filter })).items.map((m) => m.name);
      expect(await found("tags.stage = 'prod' AND params.trees = '10'")).toEqual(["model"]);
      await store.deleteLoggedModelTag(modelId, "stage");
      expect((await refused(() => store.deleteLoggedModelTag(modelId, "stage"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      await store.deleteLoggedModel(modelId);
      expect(await found()).toEqual(["other"]);
      expect((await refused(() => store.getLoggedModel(modelId))).code).toBe("RESOURCE_DOES_NOT_EXIST");
    });
  });
}
