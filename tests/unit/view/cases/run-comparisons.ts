import type { RunComparison } from "../../../../src/view";
import { accuracy, history, loss } from "./histories";
import { manyRuns, penguins } from "./runs";

/** The penguins' first three runs with their histories. */
export const compared = penguins.slice(0, 3).map((row, index) => ({
  ...row,
  metrics: { ...row.metrics, epochs_run: 40 },
  histories: {
    loss: history(40, (step) => loss(step) * (1 + index * 0.4)),
    accuracy: history(40, (step) => accuracy(step) - index * 0.05),
  },
}));

/** Every case of the comparison. */
export const runComparisons: Readonly<Record<string, RunComparison>> = {
  penguins: { title: "penguins", runs: compared, stepUnit: "epoch" },
  two: { runs: manyRuns(2) },
  "all-rows": { runs: manyRuns(2), allRows: true },
  empty: { runs: [] },
  "12-runs": {
    runs: manyRuns(12).map((row, index) => ({
      ...row,
      histories: Object.fromEntries(
        ["loss", "val_loss", "acc", "val_acc", "lr"].map((key) => [
          key,
          history(2000, (step) => loss(step / 50) * (1 + index / 9)),
        ]),
      ),
    })),
  },
  hostile: {
    title: "<t>",
    runs: penguins.slice(0, 2).map((row, index) => ({
      ...row,
      name: "<img onerror>",
      params: { "<p>": `<v${index}>` },
      metrics: {},
      histories: { "<h>": history(5, loss) },
    })),
  },
};
