import { expect, test } from "vitest";
import { series } from "./metric-series";
import type { StorePlace } from "./store-place";

/** How a store that keeps histories itself chooses among the points of a long one. */
export function describeSampledHistories(name: string, { open }: Pick<StorePlace, "open">): void {
  test(`${name} chooses evenly among many points of a metric, with the least and the greatest`, async () => {
    const store = await open();
    const experimentId = await store.createExperiment("long");
    const { runId } = (await store.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] })).info;
    const values = Array.from({ length: 1005 }, (_, step) => step / 2000);
    [values[0], values[10], values[333], values[334]] = [Number.NaN, Number.NaN, 9, -9];
    await store.logBatch(runId, { metrics: [series("loss", values)] });
    const steps = async (about: number) =>
      (await store.getMetricHistory(runId, "loss", { about })).items.map(({ step }) => step);
    expect(await steps(5)).toEqual([200, 333, 334, 401, 602, 803, 1004]);
    expect(await steps(2000)).toHaveLength(1005);
  });
}
