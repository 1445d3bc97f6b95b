import type { MetricChart } from "../../../../src/view";
import { accuracy, history, loss, wobble } from "./histories";
import { compared } from "./run-comparisons";

/** Every case of the metric chart. */
export const metricCharts: Readonly<Record<string, MetricChart>> = {
  three: {
    key: "val_loss",
    stepUnit: "epoch",
    series: compared.map(({ name, runId, histories }) => ({ name, runId, points: histories.loss })),
  },
  log: {
    key: "loss",
    logScale: true,
    series: [
      { name: "steep", points: history(60, (step) => 40 * 0.8 ** step) },
      { name: "flat", points: history(60, (step) => 3 / (step + 1)) },
    ],
  },
  smoothed: {
    key: "reward",
    smoothing: 0.9,
    series: [
      { name: "noisy", points: history(400, (step) => step / 40 + 4 * wobble(step)) },
      { name: "noisier", points: history(400, (step) => step / 60 + 9 * wobble(step + 7)) },
    ],
  },
  "one-point": { key: "training_r2_score", series: [{ name: "calm-lynx-7", points: [{ step: 0, value: 0.6926 }] }] },
  nan: {
    key: "loss",
    series: [{ name: "diverging", points: history(20, (step) => (step < 8 || step > 12 ? loss(step) : Number.NaN)) }],
  },
  empty: { key: "loss", series: [{ name: "nothing", points: history(3, () => Number.NaN) }] },
  "12-runs": {
    key: "acc",
    series: Array.from({ length: 12 }, (_, index) => ({
      name: `run-${index + 1}`,
      points: history(5000, (step) => accuracy(step / 150) - index * 0.03),
    })),
  },
  hostile: { key: "<img onerror>", series: [{ name: '"><script>', points: history(5, loss) }], stepUnit: "<unit>" },
};
