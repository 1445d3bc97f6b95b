import type { HistoryPoint } from "../history";

/** One run's curve. */
export interface ChartSeries {
  readonly name: string;
  readonly runId?: string;
  /** In order of step; may be long, it is downsampled when drawn. */
  readonly points: readonly HistoryPoint[];
}

/** One metric's histories in several runs. */
export interface MetricChart {
  readonly key: string;
  readonly series: readonly ChartSeries[];
  /** What a step is: `epoch`. @default "step" */
  readonly stepUnit?: string;
  /** A logarithmic value axis; values that are not positive are left out. @default false */
  readonly logScale?: boolean;
  /** Exponential smoothing from 0 (none) to below 1, as TensorBoard's; the raw curve stays, pale. @default 0 */
  readonly smoothing?: number;
}
