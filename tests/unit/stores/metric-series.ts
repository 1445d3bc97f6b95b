import type { MetricSeries } from "../../../src/stores";

/** Points of a metric with times from 5000 on; steps count from 0 unless given. */
export const series = (key: string, values: number[], steps = values.map((_, i) => i)): MetricSeries => ({
  key,
  values,
  steps,
  timestamps: values.map((_, i) => 5000 + i),
});
