import { describe, expect, test } from "vitest";
import type { AnyTrackingStore, DeletedEntity } from "../../../src/stores";
import type { Remote } from "../../../src/stores/remote";
import type { DatabaseGarbage } from "../../../src/stores/sql";

/** A database to be tidied up. */
interface TidiedStores {
  readonly tracking: AnyTrackingStore;
  readonly garbage: DatabaseGarbage | Remote<DatabaseGarbage>;
}

/** What every database does with what is deleted. */
export function describeGarbage(title: string, open: () => Promise<TidiedStores>): void {
  describe(`what is deleted in ${title}`, () => {
    test("is listed, an experiment after what is in it, and removed with all that belongs to it", async () => {
      const { tracking, garbage } = await open();
      const kept = await tracking.createExperiment("kept");
      const gone = await tracking.createExperiment("gone", { tags: [{ key: "a", value: "1" }] });
      const ids: string[] = [];
      for (const experimentId of [kept, gone]) {
        const options = { experimentId, userId: "me", startTime: 1, tags: [{ key: "t", value: "1" }] };
        const { runId } = (await tracking.createRun({ ...options, runName: `run of ${experimentId}` })).info;
        const { modelId } = await tracking.createLoggedModel({ experimentId, name: "net", sourceRunId: runId });
        const series = { key: "loss", values: [1, 2], timestamps: [1, 2], steps: [0, 1], modelId };
        await tracking.logBatch(runId, { metrics: [series], params: [{ key: "p", value: "1" }] });
        const dataset = { name: "d", digest: "1", sourceType: "local", source: "here" };
        await tracking.logInputs(runId, { datasets: [{ dataset, tags: { x: "1" } }], models: [{ modelId }] });
        await tracking.logOutputs(runId, [{ modelId, step: 0 }]);
        ids.push(runId);
      }
      expect(await garbage.listDeleted()).toEqual([]);
      await tracking.deleteRun(ids[0] as string);
      await tracking.deleteExperiment(gone);
      const deleted = await garbage.listDeleted();
      expect(deleted.map(({ kind, experimentId }) => [kind, experimentId])).toEqual([
        ["run", kept],
        ["run", gone],
        ["logged model", gone],
        ["experiment", gone],
      ]);
      const [run, ...members] = deleted as [DeletedEntity, ...DeletedEntity[]];
      const experiment = members.at(-1) as DeletedEntity;
      // Runs that are still there keep the experiment; what was restored meanwhile stays.
      expect(await garbage.removeDeleted(experiment)).toBe(false);
      await tracking.restoreRun(run.id);
      expect(await garbage.removeDeleted(run)).toBe(false);
      for (const entity of members) expect(await garbage.removeDeleted(entity)).toBe(true);
      for (const entity of members) expect(await garbage.removeDeleted(entity)).toBe(false);
      expect((await tracking.getRun(run.id)).data).toMatchObject({ params: { p: "1" }, metrics: { loss: 2 } });
      expect((await tracking.searchExperiments({ viewType: "ALL" })).items.map(({ name }) => name).sort()).toEqual([
        "Default",
        "kept",
      ]);
      expect(await garbage.listDeleted()).toEqual([]);
    });
  });
}
