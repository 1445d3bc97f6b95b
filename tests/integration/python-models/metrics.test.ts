import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { classificationMetrics, confusionMatrix } from "../../../src/models/metrics/classification";
import { regressionMetrics } from "../../../src/models/metrics/regression";
import { describeWithParts } from "../../support/parts";
import { type PythonPeer, startPythonPeer } from "../../support/python-peer";

describeWithParts(["python"], "scikit-learn agrees to 1e-12 on", ({ python }) => {
  let peer: PythonPeer;
  beforeAll(() => {
    peer = startPythonPeer(python.python, join(__dirname, "models.py"), { folder: tmpdir() });
  });
  afterAll(() => peer.close());

  // Fractions whose sums are exact: where y is constant, rounding alone would decide what r² is.
  const number = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1024);
  const expectClose = (ours: Readonly<Record<string, number>>, theirs: Readonly<Record<string, number>>) => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [name, value] of Object.entries(theirs))
      expect(Math.abs((ours[name] as number) - value), `${name}: ${ours[name]}, not ${value}`).toBeLessThanOrEqual(
        1e-12 * Math.max(1, Math.abs(value)),
      );
  };

  it("the metrics of a regression, of one output and of several", async () => {
    for (const outputs of [1, 3]) {
      const row = outputs === 1 ? number : fc.array(number, { minLength: outputs, maxLength: outputs });
      const pairs = fc.array(fc.tuple(row, row), { minLength: 2, maxLength: 200 });
      await fc.assert(
        fc.asyncProperty(pairs, async (rows) => {
          const actual = rows.map(([value]) => value) as number[];
          const predicted = rows.map(([, value]) => value) as number[];
          expectClose(regressionMetrics(actual, predicted, ""), await peer.ask("regression", actual, predicted));
        }),
        { numRuns: 100 },
      );
    }
  });

  it("the metrics of a classifier of two and of more classes, ties among the probabilities included", async () => {
    for (const labels of [
      [0, 1],
      [9, 10, 11],
      ["a", "b", "c", "d"],
      ["B", "a"],
    ] as (string | number)[][]) {
      const sample = fc.record({
        actual: fc.constantFrom(...labels),
        predicted: fc.constantFrom(...labels),
        weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: labels.length, maxLength: labels.length }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 60 }), async (drawn) => {
          const every = labels.map((label) => ({
            actual: label,
            predicted: labels[0] as string | number,
            weights: labels.map(() => 1),
          }));
          const samples = [...every, ...drawn];
          const actual = samples.map((one) => one.actual);
          const predicted = samples.map((one) => one.predicted);
          const values = samples.map(({ weights }) => normalise(weights));
          const { confusion, ...theirs } = await peer.ask<Record<string, number> & { confusion: unknown }>(
            "classification",
            actual,
            predicted,
            values,
          );
          expectClose(
            classificationMetrics(actual, predicted, { prefix: "", probabilities: { labels, values } }),
            theirs,
          );
          expect(confusionMatrix(actual, predicted).matrix).toEqual(confusion);
        }),
        { numRuns: 60 },
      );
    }
  });
});

function normalise(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 1 / weights.length : weight / sum));
}
