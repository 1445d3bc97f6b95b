import fc from "fast-check";
import { expect, test } from "vitest";
import { MetricHistory } from "../../../src/notebook/live/metric-history";
import { samples } from "../../support/samples";

const historyOf = (values: readonly number[]) => {
  const history = new MetricHistory();
  values.forEach((value, step) => {
    history.add(step, value);
  });
  return history.points;
};

test("a short history is kept as it is", () => {
  expect(historyOf([3, 2, Number.NaN])).toEqual([
    { step: 0, value: 3 },
    { step: 1, value: 2 },
    { step: 2, value: Number.NaN },
  ]);
});

test("of a long one the lowest, the highest and the last point are left, in order, in bounded memory", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40_000 }), fc.integer(), (length, seed) => {
      const values = Array.from(
        { length },
        (_, step) => Math.sin(step * 0.7 + seed) * 100 + Math.sin(step * 12.9898) * 50,
      );
      const points = historyOf(values);
      expect(points.length).toBeLessThanOrEqual(3000);
      const kept = points.map(({ value }) => value);
      expect(kept.reduce((a, b) => Math.min(a, b))).toBe(values.reduce((a, b) => Math.min(a, b)));
      expect(kept.reduce((a, b) => Math.max(a, b))).toBe(values.reduce((a, b) => Math.max(a, b)));
      expect(points.at(-1)).toEqual({ step: length - 1, value: values.at(-1) });
      expect(points.every(({ step }, index) => index === 0 || step > (points[index - 1]?.step ?? 0))).toBe(true);
    }),
    { numRuns: samples(20) },
  );
});

test("a loss that is NaN for a while is still seen to have been", () => {
  const values = Array.from({ length: 100_000 }, (_, step) => (step > 5000 && step < 5004 ? Number.NaN : step));
  expect(historyOf(values).some(({ value }) => Number.isNaN(value))).toBe(true);
  expect(historyOf(Array(100_000).fill(Number.NaN)).length).toBeLessThanOrEqual(3000);
});
