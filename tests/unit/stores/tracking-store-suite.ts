import { beforeEach, describe, expect, test } from "vitest";
import type { RunEntity } from "../../../src/core";
import type { AnyTrackingStore, TrackingStore } from "../../../src/stores";
import { rejectionOf } from "../../support/error-of";
import { describeLoggedModels } from "./logged-model-suite";
import { series } from "./metric-series";
import type { StorePlace } from "./store-place";

/** What every tracking store does, whether it answers at once or with promises. */
export function describeTrackingStore(name: string, place: StorePlace): void {
  const { open, numberKept = (value) => value } = place;
  describe(`${name} as a tracking store`, () => {
    describeLoggedModels(place);

    let store: AnyTrackingStore;
    let experimentId: string;
    beforeEach(async () => {
      store = await open();
      experimentId = await store.createExperiment("iris");
    });

    const refused = (act: () => unknown) => rejectionOf((async () => act())());
    const newRun = async (overrides: Partial<Parameters<TrackingStore["createRun"]>[0]> = {}): Promise<RunEntity> =>
      store.createRun({ experimentId, runName: "first", userId: "me", startTime: 1000, tags: [], ...overrides });

    describe("experiments", () => {
      test("are found by id and by name, with their tags", async () => {
        const id = await store.createExperiment("exp: é/1", { tags: [{ key: "team/x", value: "a\nb" }] });
        const experiment = await store.getExperiment(id);
        expect(experiment).toMatchObject({ experimentId: id, name: "exp: é/1", lifecycleStage: "active" });
        expect(experiment.tags).toEqual({ "team/x": "a\nb" });
        expect(experiment.creationTime).toBe(experiment.lastUpdateTime);
        expect(await store.getExperimentByName("exp: é/1")).toEqual(experiment);
        expect(await store.getExperimentByName("no such")).toBeUndefined();
        expect((await refused(() => store.getExperiment("987654321"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("have names of their own, which deleted ones keep", async () => {
        expect((await refused(() => store.createExperiment("iris"))).code).toBe("RESOURCE_ALREADY_EXISTS");
        await store.deleteExperiment(experimentId);
        expect((await refused(() => store.createExperiment("iris"))).code).toBe("RESOURCE_ALREADY_EXISTS");
        const other = await store.createExperiment("other");
        expect((await refused(() => store.renameExperiment(other, "iris"))).code).toBe("RESOURCE_ALREADY_EXISTS");
      });

      test("can be renamed, which frees the old name", async () => {
        await store.renameExperiment(experimentId, "lilies");
        expect((await store.getExperiment(experimentId)).name).toBe("lilies");
        expect(await store.createExperiment("iris")).not.toBe(experimentId);
      });

      test("keep their artifacts where they are told to", async () => {
        const id = await store.createExperiment("far", { artifactLocation: "s3://bucket/base" });
        expect((await store.getExperiment(id)).artifactLocation).toBe("s3://bucket/base");
        const run = await newRun({ experimentId: id });
        expect(run.info.artifactUri).toBe(`s3://bucket/base/${run.info.runId}/artifacts`);
      });

      test("are deleted and restored with their runs", async () => {
        const run = await newRun();
        await store.deleteExperiment(experimentId);
        expect((await store.getExperiment(experimentId)).lifecycleStage).toBe("deleted");
        expect((await store.getRun(run.info.runId)).info.lifecycleStage).toBe("deleted");
        expect((await refused(() => newRun())).code).toBe("INVALID_PARAMETER_VALUE");
        expect((await refused(() => store.setExperimentTag(experimentId, { key: "a", value: "b" }))).code).toBe(
          "INVALID_PARAMETER_VALUE",
        );
        expect((await refused(() => store.deleteExperiment(experimentId))).code).toBe("RESOURCE_DOES_NOT_EXIST");
        await store.restoreExperiment(experimentId);
        expect((await store.getExperiment(experimentId)).lifecycleStage).toBe("active");
        expect((await store.getRun(run.info.runId)).info.lifecycleStage).toBe("active");
        expect((await refused(() => store.restoreExperiment(experimentId))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("of the default id can be written to at once and never deleted", async () => {
        expect((await store.getExperiment("0")).name).toBe("Default");
        expect((await newRun({ experimentId: "0" })).info.experimentId).toBe("0");
        expect((await refused(() => store.deleteExperiment("0"))).code).toBe("INVALID_PARAMETER_VALUE");
      });

      test("are listed by view, filter and page", async () => {
        await store.deleteExperiment(await store.createExperiment("gone"));
        await store.createExperiment("iris 2", { tags: [{ key: "k", value: "x" }] });
        const names = async (query: Parameters<TrackingStore["searchExperiments"]>[0]) =>
          (await store.searchExperiments({ orderBy: ["name"], ...query })).items.map((experiment) => experiment.name);
        expect(await names({})).toEqual(["Default", "iris", "iris 2"]);
        expect(await names({ viewType: "DELETED_ONLY" })).toEqual(["gone"]);
        expect(await names({ viewType: "ALL" })).toEqual(["Default", "gone", "iris", "iris 2"]);
        expect(await names({ filter: "tags.k = 'x'" })).toEqual(["iris 2"]);
        const page = await store.searchExperiments({ orderBy: ["name"], maxResults: 2 });
        expect(await names({ maxResults: 2, pageToken: page.nextPageToken })).toEqual(["iris 2"]);
      });

      test("lose a tag that is deleted", async () => {
        await store.setExperimentTag(experimentId, { key: "a", value: "" });
        await store.setExperimentTag(experimentId, { key: "b", value: "2" });
        await store.deleteExperimentTag(experimentId, "a");
        expect((await store.getExperiment(experimentId)).tags).toEqual({ b: "2" });
        expect((await refused(() => store.deleteExperimentTag(experimentId, "a"))).code).toBe(
          "RESOURCE_DOES_NOT_EXIST",
        );
      });
    });

    describe("runs", () => {
      test("read back as they were created", async () => {
        const run = await newRun({ runName: "my: run", tags: [{ key: "mlflow.user", value: "me" }] });
        expect(run.info).toMatchObject({ runName: "my: run", userId: "me", status: "RUNNING", startTime: 1000 });
        expect(run.info.runId).toMatch(/^[0-9a-f]{32}$/);
        expect(run.info.endTime).toBeUndefined();
        // Of a server's runs each has a key by which it is found again.
        const { "trackbook.run_key": _key, ...tags } = run.data.tags;
        expect(tags).toEqual({ "mlflow.user": "me", "mlflow.runName": "my: run" });
        expect(await store.getRun(run.info.runId)).toEqual(run);
        expect((await refused(() => store.getRun("f".repeat(32)))).code).toBe("RESOURCE_DOES_NOT_EXIST");
        expect((await refused(() => store.getRun("../0"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("keep params, and refuse another value for one", async () => {
        const { runId } = (await newRun()).info;
        const params = [
          { key: "lr", value: "0.1" },
          { key: "nested/é b", value: " spaced\n" },
          { key: "empty", value: "" },
        ];
        await store.logBatch(runId, { params });
        await store.logBatch(runId, { params });
        expect((await store.getRun(runId)).data.params).toEqual({ lr: "0.1", "nested/é b": " spaced\n", empty: "" });
        const error = await refused(() =>
          store.logBatch(runId, { params: [{ key: "lr", value: "0.2" }], metrics: [series("loss", [1])] }),
        );
        expect(error.code).toBe("INVALID_PARAMETER_VALUE");
        expect(error.message).toContain(
          `Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='${runId}'. Attempted logging new value '0.2'.`,
        );
        expect((await store.getRun(runId)).data).toMatchObject({ params: { lr: "0.1" }, metrics: {} });
      });

      test("keep every point of a metric in order, and the latest by step, time and value", async () => {
        const { runId } = (await newRun()).info;
        const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e300, 5e-324];
        const steps = [-3, 0, 1, 2, 3, 9, 4];
        const { timestamps } = series("val/loss", values);
        for (const [from, to] of [
          [0, 3],
          [3, 7],
        ] as const) {
          const columns = { values: values.slice(from, to), steps: steps.slice(from, to) };
          await store.logBatch(runId, {
            metrics: [{ key: "val/loss", timestamps: timestamps.slice(from, to), ...columns }],
          });
        }
        const history = (await store.getMetricHistory(runId, "val/loss")).items;
        expect(history.map((point) => point.value)).toEqual(values.map(numberKept));
        expect(history.map((point) => point.step)).toEqual(steps);
        expect(history[0]).toMatchObject({ key: "val/loss", timestamp: 5000, runId });
        expect((await store.getRun(runId)).data.metrics).toEqual({ "val/loss": 1e300 });
        expect(await store.getMetricHistory(runId, "unknown")).toEqual({ items: [] });
      });

      test("page a metric's history", async () => {
        const { runId } = (await newRun()).info;
        await store.logBatch(runId, { metrics: [series("m", [1, 2, 3, 4, 5])] });
        const seen: number[] = [];
        let pageToken: string | undefined;
        do {
          const page = await store.getMetricHistory(runId, "m", { maxResults: 2, pageToken });
          seen.push(...page.items.map((point) => point.value));
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined);
        expect(seen).toEqual([1, 2, 3, 4, 5]);
      });

      test("take the name in the tag mlflow.runName, and the reverse", async () => {
        const { runId } = (await newRun()).info;
        await store.logBatch(runId, { tags: [{ key: "mlflow.runName", value: "by tag" }] });
        expect((await store.getRun(runId)).info.runName).toBe("by tag");
        await store.updateRun(runId, { runName: "by update" });
        expect((await store.getRun(runId)).data.tags["mlflow.runName"]).toBe("by update");
      });

      test("end, and go on when told so", async () => {
        const { runId } = (await newRun()).info;
        await store.updateRun(runId, { status: "FAILED", endTime: 2000 });
        expect((await store.getRun(runId)).info).toMatchObject({ status: "FAILED", endTime: 2000, runName: "first" });
        await store.updateRun(runId, { status: "RUNNING" });
        expect((await store.getRun(runId)).info).toMatchObject({ status: "RUNNING", endTime: 2000 });
      });

      test("refuse writes while they are deleted", async () => {
        const { runId } = (await newRun()).info;
        await store.deleteRun(runId);
        expect((await store.getRun(runId)).info.lifecycleStage).toBe("deleted");
        for (const write of [
          () => store.logBatch(runId, { tags: [{ key: "a", value: "b" }] }),
          () => store.updateRun(runId, { status: "FINISHED" }),
          () => store.deleteTag(runId, "mlflow.runName"),
          () => store.claimTag(runId, { key: "a", value: "b" }),
          () => store.logInputs(runId, {}),
          () => store.logOutputs(runId, []),
        ])
          expect((await refused(write)).message).toContain("must be in the 'active' state");
        await store.restoreRun(runId);
        await store.logBatch(runId, { tags: [{ key: "a", value: "b" }] });
        expect((await store.getRun(runId)).data.tags.a).toBe("b");
      });

      test("say whether they can be written to, where files are kept beside them", async () => {
        const { runId } = (await newRun()).info;
        const ask = async (id: string) => store.requireActiveRun?.(id);
        if (!store.requireActiveRun) return expect(store.kind).toBe("rest");
        await ask(runId);
        expect((await refused(() => ask("0".repeat(32)))).code).toBe("RESOURCE_DOES_NOT_EXIST");
        await store.deleteRun(runId);
        expect((await refused(() => ask(runId))).code).toBe("INVALID_PARAMETER_VALUE");
        await store.restoreRun(runId);
        await ask(runId);
      });

      test("give a tag that is claimed to whoever comes first", async () => {
        const { runId } = (await newRun({ tags: [{ key: "a", value: "1" }] })).info;
        expect(await store.claimTag(runId, { key: "a", value: "2" })).toBe(false);
        expect(await store.claimTag(runId, { key: "deep/b", value: "2" })).toBe(true);
        expect(await store.claimTag(runId, { key: "deep/b", value: "3" })).toBe(false);
        expect((await store.getRun(runId)).data.tags).toMatchObject({ a: "1", "deep/b": "2" });
      });

      test("lose a tag that is deleted", async () => {
        const { runId } = (await newRun({ tags: [{ key: "a", value: "1" }] })).info;
        await store.deleteTag(runId, "a");
        expect((await store.getRun(runId)).data.tags).not.toHaveProperty("a");
        expect((await refused(() => store.deleteTag(runId, "a"))).code).toBe("RESOURCE_DOES_NOT_EXIST");
      });

      test("are found over several experiments by view, filter, order and page", async () => {
        const other = await store.createExperiment("other");
        const ids: string[] = [];
        for (const [index, loss] of [3, 1, 2].entries()) {
          const { runId } = (await newRun({ experimentId: index === 2 ? other : experimentId, runName: `run ${loss}` }))
            .info;
          await store.logBatch(runId, { metrics: [series("loss", [9, loss])] });
          ids.push(runId);
        }
        await store.deleteRun((await newRun({ runName: "gone" })).info.runId);
        const names = async (query: Parameters<TrackingStore["searchRuns"]>[1], experiments = [experimentId, other]) =>
          (await store.searchRuns(experiments, query)).items.map((run) => run.info.runName);
        expect(await names({ orderBy: ["metrics.loss"] })).toEqual(["run 1", "run 2", "run 3"]);
        expect(await names({ filter: "metrics.loss > 1", orderBy: ["metrics.loss DESC"] })).toEqual(["run 3", "run 2"]);
        expect(await names({}, [other])).toEqual(["run 2"]);
        expect(await names({}, ["987654321"])).toEqual([]);
        expect(await names({ viewType: "DELETED_ONLY" })).toEqual(["gone"]);
        expect(await names({ viewType: "ALL" })).toHaveLength(4);
        const page = await store.searchRuns([experimentId, other], { orderBy: ["metrics.loss"], maxResults: 2 });
        expect(page.items[0]).toEqual(await store.getRun(ids[1] as string));
        expect(await names({ orderBy: ["metrics.loss"], maxResults: 2, pageToken: page.nextPageToken })).toEqual([
          "run 3",
        ]);
      });

      test("note the data sets and models they read and made, once each", async () => {
        const { runId } = (await newRun()).info;
        const dataset = { name: "iris", digest: "abc", sourceType: "local", source: '{"uri":"a"}', schema: '{"a":1}' };
        const inputs = {
          datasets: [{ dataset, tags: { "mlflow.data.context": "training" } }],
          models: [{ modelId: "m-1" }],
        };
        await store.logInputs(runId, inputs);
        await store.logInputs(runId, { datasets: [{ dataset, tags: { "mlflow.data.context": "test" } }] });
        await store.logOutputs(runId, [{ modelId: "m-2", step: 7 }]);
        const run = await store.getRun(runId);
        expect(run.inputs).toEqual({ datasetInputs: inputs.datasets, modelInputs: inputs.models });
        expect(run.outputs).toEqual({ modelOutputs: [{ modelId: "m-2", step: 7 }] });
        expect((await store.searchRuns([experimentId], { filter: "dataset.name = 'iris'" })).items).toHaveLength(1);
      });

      test("give data sets by name and digest, and models by step and id, however they were logged", async () => {
        const { runId } = (await newRun()).info;
        const named = (name: string, digest: string) => ({
          dataset: { name, digest, sourceType: "local", source: "here" },
          tags: {},
        });
        const datasets = [named("a", "9"), named("b", "1"), named("b", "2"), named("é", "0")];
        const models = ["m-1", "m-2", "m-3"].map((modelId) => ({ modelId }));
        const made = [
          { modelId: "m-6", step: 2 },
          { modelId: "m-4", step: 10 },
          { modelId: "m-5", step: 10 },
        ];
        for (const index of [2, 0, 3, 1]) await store.logInputs(runId, { datasets: datasets.slice(index, index + 1) });
        for (const index of [1, 2, 0]) await store.logInputs(runId, { models: models.slice(index, index + 1) });
        for (const index of [2, 0, 1]) await store.logOutputs(runId, made.slice(index, index + 1));
        const run = await store.getRun(runId);
        expect(run.inputs).toEqual({ datasetInputs: datasets, modelInputs: models });
        expect(run.outputs).toEqual({ modelOutputs: made });
      });
    });
  });
}
