import { InvalidInputError, messages, nearest, validateKey, validateOptions } from "../core";
import { readingClient } from "../tracking";
import { describeMetric, metricChartView } from "../view";
import { type RunSelection, selectRuns } from "./run-selection";
import { type Shown, showView } from "./shown";

/** How a chart looks. */
export interface ShowMetricOptions {
  /** A logarithmic value axis; values that are not positive are left out. @default false */
  readonly logScale?: boolean;
  /** Exponential smoothing from 0 (none) to below 1, as TensorBoard's; the raw curve stays, pale. @default 0 */
  readonly smoothing?: number;
  /** What a step is: `batch`. @default told by the runs */
  readonly stepUnit?: string;
}

const ACCEPTED: readonly (keyof ShowMetricOptions)[] = ["logScale", "smoothing", "stepUnit"];

/**
 * Shows one metric's history in several runs as a chart.
 *
 * @throws RESOURCE_DOES_NOT_EXIST, with the nearest name, when none of the runs has the metric.
 * @example await showMetric("val_loss", await searchRuns(), { logScale: true });
 */
export async function showMetric(key: string, runs: RunSelection, options: ShowMetricOptions = {}): Promise<Shown> {
  validateKey("metric", key);
  validateOptions("showMetric", options, ACCEPTED);
  const { smoothing = 0 } = options;
  if (!(smoothing >= 0 && smoothing < 1))
    throw new InvalidInputError(
      messages.wrongType(
        "smoothing",
        smoothing,
        "a number from 0 to below 1",
        "{ smoothing: 0.6 } is what TensorBoard begins with.",
      ),
    );
  const found = await selectRuns("showMetric", runs);
  const client = readingClient();
  const histories = await Promise.all(
    found.map(async (run) => ({ run, history: await client.getMetricHistory(run.info.runId, key) })),
  );
  if (found.length > 0 && histories.every(({ history }) => history.length === 0)) {
    const known = [...new Set(found.flatMap(({ data }) => Object.keys(data.metrics)))];
    throw new InvalidInputError(messages.metricNotFound(key, known, nearest(key, known)));
  }
  return showView(metricChartView, describeMetric(key, histories, options));
}
