import { expect, test } from "vitest";
import type { HistoryPart, HistoryParts, HistoryPlace } from "../../../src/stores";
import { series } from "./metric-series";
import type { StorePlace } from "./store-place";

/** How a store reads a history part by part that is longer than one of its parts. */
export function describeHistoryParts(name: string, length: number, { open }: Pick<StorePlace, "open">): void {
  const fill = async (steps?: number[]) => {
    const store = await open();
    const experimentId = await store.createExperiment("parts");
    const { runId } = (await store.createRun({ experimentId, runName: "r", userId: "u", startTime: 1, tags: [] })).info;
    const values = Array.from({ length }, (_, index) => (index === 100 ? Number.NaN : index));
    await store.logBatch(runId, { metrics: [series("loss", values, steps)] });
    return { store: store as typeof store & HistoryParts, runId };
  };

  test.each([
    ["each at a step of its own", undefined],
    ["all at one step", Array.from({ length }, () => 0)],
  ])(
    `${name} reads points, %s, part by part: all of them once, every so many-th, and what they come to`,
    async (_, steps) => {
      const { store, runId } = await fill(steps);
      const values = async (every: number, first = every) => {
        const found: number[] = [];
        for (let after: HistoryPlace | undefined; ; first = every) {
          const part: HistoryPart = await store.readHistory(runId, "loss", { after, every, first });
          found.push(...part.points.map(({ timestamp }) => timestamp - 5000));
          after = part.next;
          if (!after) return found;
        }
      };
      expect(await values(1)).toEqual(Array.from({ length }, (__, index) => index));
      expect(await values(7000)).toEqual(
        Array.from({ length: Math.floor(length / 7000) }, (__, index) => 7000 * (index + 1) - 1),
      );
      expect((await values(7000, 4000)).slice(0, 2)).toEqual([3999, 10_999]);
      const measured = { count: 0, least: Number.POSITIVE_INFINITY, greatest: 0, parts: 0 };
      for (let after: HistoryPlace | undefined; ; measured.parts++) {
        const extent = await store.measureHistory(runId, "loss", after);
        measured.count += extent.count;
        measured.least = Math.min(measured.least, extent.least ?? measured.least);
        measured.greatest = Math.max(measured.greatest, extent.greatest ?? measured.greatest);
        after = extent.next;
        if (!after) break;
      }
      expect(measured).toMatchObject({ count: length, least: 0, greatest: length - 1 });
      expect(measured.parts).toBeGreaterThan(0);
    },
  );
}
