import { beforeEach, describe, expect, test } from "vitest";
import type { RunEntity } from "../../../src/core";
import type { TrackingStore } from "../../../src/stores";
import { errorOf } from "../../support/error-of";
import { describeLoggedModels } from "./logged-model-suite";
import { series } from "./metric-series";

/** What every tracking store does. `open` gives a new empty one. */
export function describeTrackingStore(name: string, open: () => TrackingStore): void {
  describe(`${name} as a tracking store`, () => {
    describeLoggedModels(open);

    let store: TrackingStore;
    let experimentId: string;
    beforeEach(() => {
      store = open();
      experimentId = store.createExperiment("iris");
    });

    const newRun = (overrides: Partial<Parameters<TrackingStore["createRun"]>[0]> = {}): RunEntity =>
      store.createRun({ experimentId, runName: "first", userId: "me", startTime: 1000, tags: [], ...overrides });

    describe("experiments", () => {
      test("are found by id and by name, with their tags", () => {
        const id = store.createExperiment("exp: é/1", { tags: [{ key: "team/x", value: "a\nb" }] });
        const experiment = store.getExperiment(id);
        expect(experiment).toMatchObject({ experimentId: id, name: "exp: é/1", lifecycleStage: "active" });
        expect(experiment.tags).toEqual({ "team/x": "a\nb" });
        expect(experiment.creationTime).toBe(experiment.lastUpdateTime);
        expect(store.getExperimentByName("exp: é/1")).toEqual(experiment);
        expect(store.getExperimentByName("no such")).toBeUndefined();
        expect(errorOf(() => store.getExperiment("987654321")).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("have names of their own, which deleted ones keep", () => {
        expect(errorOf(() => store.createExperiment("iris")).code).toBe("RESOURCE_ALREADY_EXISTS");
        store.deleteExperiment(experimentId);
        expect(errorOf(() => store.createExperiment("iris")).code).toBe("RESOURCE_ALREADY_EXISTS");
        const other = store.createExperiment("other");
        expect(errorOf(() => store.renameExperiment(other, "iris")).code).toBe("RESOURCE_ALREADY_EXISTS");
      });

      test("can be renamed, which frees the old name", () => {
        store.renameExperiment(experimentId, "lilies");
        expect(store.getExperiment(experimentId).name).toBe("lilies");
        expect(store.createExperiment("iris")).not.toBe(experimentId);
      });

      test("keep their artifacts where they are told to", () => {
        const id = store.createExperiment("far", { artifactLocation: "s3://bucket/base" });
        expect(store.getExperiment(id).artifactLocation).toBe("s3://bucket/base");
        const run = newRun({ experimentId: id });
        expect(run.info.artifactUri).toBe(`s3://bucket/base/${run.info.runId}/artifacts`);
      });

      test("are deleted and restored with their runs", () => {
        const run = newRun();
        store.deleteExperiment(experimentId);
        expect(store.getExperiment(experimentId).lifecycleStage).toBe("deleted");
        expect(store.getRun(run.info.runId).info.lifecycleStage).toBe("deleted");
        expect(errorOf(() => newRun()).code).toBe("INVALID_PARAMETER_VALUE");
        expect(errorOf(() => store.setExperimentTag(experimentId, { key: "a", value: "b" })).code).toBe(
          "INVALID_PARAMETER_VALUE",
        );
        expect(errorOf(() => store.deleteExperiment(experimentId)).code).toBe("RESOURCE_DOES_NOT_EXIST");
        store.restoreExperiment(experimentId);
        expect(store.getExperiment(experimentId).lifecycleStage).toBe("active");
        expect(store.getRun(run.info.runId).info.lifecycleStage).toBe("active");
        expect(errorOf(() => store.restoreExperiment(experimentId)).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("of the default id can be written to at once and never deleted", () => {
        expect(store.getExperiment("0").name).toBe("Default");
        expect(newRun({ experimentId: "0" }).info.experimentId).toBe("0");
        expect(errorOf(() => store.deleteExperiment("0")).code).toBe("INVALID_PARAMETER_VALUE");
      });

      test("are listed by view, filter and page", () => {
        store.deleteExperiment(store.createExperiment("gone"));
        store.createExperiment("iris 2", { tags: [{ key: "k", value: "x" }] });
        const names = (query: Parameters<TrackingStore["searchExperiments"]>[0]) =>
          store.searchExperiments({ orderBy: ["name"], ...query }).items.map((experiment) => experiment.name);
        expect(names({})).toEqual(["Default", "iris", "iris 2"]);
        expect(names({ viewType: "DELETED_ONLY" })).toEqual(["gone"]);
        expect(names({ viewType: "ALL" })).toEqual(["Default", "gone", "iris", "iris 2"]);
        expect(names({ filter: "tags.k = 'x'" })).toEqual(["iris 2"]);
        const page = store.searchExperiments({ orderBy: ["name"], maxResults: 2 });
        expect(names({ maxResults: 2, pageToken: page.nextPageToken })).toEqual(["iris 2"]);
      });

      test("give a tag that is claimed to whoever comes first", () => {
        const { runId } = newRun({ tags: [{ key: "a", value: "1" }] }).info;
        expect(store.claimTag(runId, { key: "a", value: "2" })).toBe(false);
        expect(store.claimTag(runId, { key: "deep/b", value: "2" })).toBe(true);
        expect(store.claimTag(runId, { key: "deep/b", value: "3" })).toBe(false);
        expect(store.getRun(runId).data.tags).toMatchObject({ a: "1", "deep/b": "2" });
      });

      test("lose a tag that is deleted", () => {
        store.setExperimentTag(experimentId, { key: "a", value: "" });
        store.setExperimentTag(experimentId, { key: "b", value: "2" });
        store.deleteExperimentTag(experimentId, "a");
        expect(store.getExperiment(experimentId).tags).toEqual({ b: "2" });
        expect(errorOf(() => store.deleteExperimentTag(experimentId, "a")).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });
    });

    describe("runs", () => {
      test("read back as they were created", () => {
        const run = newRun({ runName: "my: run", tags: [{ key: "mlflow.user", value: "me" }] });
        expect(run.info).toMatchObject({ runName: "my: run", userId: "me", status: "RUNNING", startTime: 1000 });
        expect(run.info.runId).toMatch(/^[0-9a-f]{32}$/);
        expect(run.info.endTime).toBeUndefined();
        expect(run.data.tags).toEqual({ "mlflow.user": "me", "mlflow.runName": "my: run" });
        expect(store.getRun(run.info.runId)).toEqual(run);
        expect(errorOf(() => store.getRun("f".repeat(32))).code).toBe("RESOURCE_DOES_NOT_EXIST");
        expect(errorOf(() => store.getRun("../0")).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("keep params, and refuse another value for one", () => {
        const { runId } = newRun().info;
        const params = [
          { key: "lr", value: "0.1" },
          { key: "nested/é b", value: " spaced\n" },
          { key: "empty", value: "" },
        ];
        store.logBatch(runId, { params });
        store.logBatch(runId, { params });
        expect(store.getRun(runId).data.params).toEqual({ lr: "0.1", "nested/é b": " spaced\n", empty: "" });
        const error = errorOf(() =>
          store.logBatch(runId, { params: [{ key: "lr", value: "0.2" }], metrics: [series("loss", [1])] }),
        );
        expect(error.code).toBe("INVALID_PARAMETER_VALUE");
        expect(error.message).toContain(
          `Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='${runId}'. Attempted logging new value '0.2'.`,
        );
        expect(store.getRun(runId).data).toMatchObject({ params: { lr: "0.1" }, metrics: {} });
      });

      test("keep every point of a metric in order, and the latest by step, time and value", () => {
        const { runId } = newRun().info;
        const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e300, 5e-324];
        const steps = [-3, 0, 1, 2, 3, 9, 4];
        store.logBatch(runId, { metrics: [series("val/loss", values.slice(0, 3), steps.slice(0, 3))] });
        store.logBatch(runId, { metrics: [series("val/loss", values.slice(3), steps.slice(3))] });
        const history = store.getMetricHistory(runId, "val/loss").items;
        expect(history.map((point) => point.value)).toEqual(values);
        expect(history.map((point) => point.step)).toEqual(steps);
        expect(history[0]).toMatchObject({ key: "val/loss", timestamp: 5000, runId });
        expect(store.getRun(runId).data.metrics).toEqual({ "val/loss": 1e300 });
        expect(store.getMetricHistory(runId, "unknown")).toEqual({ items: [] });
      });

      test("page a metric's history", () => {
        const { runId } = newRun().info;
        store.logBatch(runId, { metrics: [series("m", [1, 2, 3, 4, 5])] });
        const seen: number[] = [];
        let pageToken: string | undefined;
        do {
          const page = store.getMetricHistory(runId, "m", { maxResults: 2, pageToken });
          seen.push(...page.items.map((point) => point.value));
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined);
        expect(seen).toEqual([1, 2, 3, 4, 5]);
      });

      test("take the name in the tag mlflow.runName, and the reverse", () => {
        const { runId } = newRun().info;
        store.logBatch(runId, { tags: [{ key: "mlflow.runName", value: "by tag" }] });
        expect(store.getRun(runId).info.runName).toBe("by tag");
        store.updateRun(runId, { runName: "by update" });
        expect(store.getRun(runId).data.tags["mlflow.runName"]).toBe("by update");
      });

      test("end, and go on when told so", () => {
        const { runId } = newRun().info;
        store.updateRun(runId, { status: "FAILED", endTime: 2000 });
        expect(store.getRun(runId).info).toMatchObject({ status: "FAILED", endTime: 2000, runName: "first" });
        store.updateRun(runId, { status: "RUNNING" });
        expect(store.getRun(runId).info).toMatchObject({ status: "RUNNING", endTime: 2000 });
      });

      test("refuse writes while they are deleted", () => {
        const { runId } = newRun().info;
        store.deleteRun(runId);
        expect(store.getRun(runId).info.lifecycleStage).toBe("deleted");
        for (const write of [
          () => store.logBatch(runId, { tags: [{ key: "a", value: "b" }] }),
          () => store.updateRun(runId, { status: "FINISHED" }),
          () => store.deleteTag(runId, "mlflow.runName"),
          () => store.claimTag(runId, { key: "a", value: "b" }),
          () => store.logInputs(runId, {}),
          () => store.logOutputs(runId, []),
        ])
          expect(errorOf(write).message).toContain("must be in the 'active' state");
        store.restoreRun(runId);
        store.logBatch(runId, { tags: [{ key: "a", value: "b" }] });
        expect(store.getRun(runId).data.tags.a).toBe("b");
      });

      test("give a tag that is claimed to whoever comes first", () => {
        const { runId } = newRun({ tags: [{ key: "a", value: "1" }] }).info;
        expect(store.claimTag(runId, { key: "a", value: "2" })).toBe(false);
        expect(store.claimTag(runId, { key: "deep/b", value: "2" })).toBe(true);
        expect(store.claimTag(runId, { key: "deep/b", value: "3" })).toBe(false);
        expect(store.getRun(runId).data.tags).toMatchObject({ a: "1", "deep/b": "2" });
      });

      test("lose a tag that is deleted", () => {
        const { runId } = newRun({ tags: [{ key: "a", value: "1" }] }).info;
        store.deleteTag(runId, "a");
        expect(store.getRun(runId).data.tags).not.toHaveProperty("a");
        expect(errorOf(() => store.deleteTag(runId, "a")).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("are found over several experiments by view, filter, order and page", () => {
        const other = store.createExperiment("other");
        const ids = [3, 1, 2].map((loss, index) => {
          const { runId } = newRun({ experimentId: index === 2 ? other : experimentId, runName: `run ${loss}` }).info;
          store.logBatch(runId, { metrics: [series("loss", [9, loss])] });
          return runId;
        });
        store.deleteRun(newRun({ runName: "gone" }).info.runId);
        const names = (query: Parameters<TrackingStore["searchRuns"]>[1], experiments = [experimentId, other]) =>
          store.searchRuns(experiments, query).items.map((run) => run.info.runName);
        expect(names({ orderBy: ["metrics.loss"] })).toEqual(["run 1", "run 2", "run 3"]);
        expect(names({ filter: "metrics.loss > 1", orderBy: ["metrics.loss DESC"] })).toEqual(["run 3", "run 2"]);
        expect(names({}, [other])).toEqual(["run 2"]);
        expect(names({}, ["987654321"])).toEqual([]);
        expect(names({ viewType: "DELETED_ONLY" })).toEqual(["gone"]);
        expect(names({ viewType: "ALL" })).toHaveLength(4);
        const page = store.searchRuns([experimentId, other], { orderBy: ["metrics.loss"], maxResults: 2 });
        expect(page.items[0]).toEqual(store.getRun(ids[1] as string));
        expect(names({ orderBy: ["metrics.loss"], maxResults: 2, pageToken: page.nextPageToken })).toEqual(["run 3"]);
      });

      test("note the data sets and models they read and made, once each", () => {
        const { runId } = newRun().info;
        const dataset = { name: "iris", digest: "abc", sourceType: "local", source: '{"uri":"a"}', schema: '{"a":1}' };
        const inputs = {
          datasets: [{ dataset, tags: { "mlflow.data.context": "training" } }],
          models: [{ modelId: "m-1" }],
        };
        store.logInputs(runId, inputs);
        store.logInputs(runId, { datasets: [{ dataset, tags: { "mlflow.data.context": "test" } }] });
        store.logOutputs(runId, [{ modelId: "m-2", step: 7 }]);
        const run = store.getRun(runId);
        expect(run.inputs).toEqual({ datasetInputs: inputs.datasets, modelInputs: inputs.models });
        expect(run.outputs).toEqual({ modelOutputs: [{ modelId: "m-2", step: 7 }] });
        expect(store.searchRuns([experimentId], { filter: "dataset.name = 'iris'" }).items).toHaveLength(1);
      });
    });
  });
}
