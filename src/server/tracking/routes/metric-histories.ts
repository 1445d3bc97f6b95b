import { InvalidInputError, type Metric, messages } from "../../../core";
import type { Backend } from "../backend";
import { integer, list, preset, required, text } from "../fields";
import { listForm, numberForm } from "../wire";
import { jsonRoute, type Route } from "./route";
import { sampleHistories } from "./sample-histories";

const subject = "metrics";
const MAX_RUNS = 100;
const MAX_POINTS = 25_000;
const MAX_POINTS_PER_RUN = 2500;

/** The points of one metric in several runs, which charts are drawn of. */
export const METRIC_HISTORY_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "The points of a metric in several runs.",
    methods: ["GET"],
    path: "mlflow/metrics/get-history-bulk",
    place: "page",
    fields: {
      run_id: required(list(text(), MAX_RUNS)),
      metric_key: required(text()),
      max_results: preset(integer({ least: 1 }), MAX_POINTS),
    },
    async answer({ run_id, metric_key, max_results }, backend) {
      const most = Math.min(max_results, MAX_POINTS);
      const points: object[] = [];
      for (const id of [...new Set(run_id)].sort()) {
        if (points.length >= most) break;
        const history = await historyOf(backend, id, metric_key);
        const sorted = [...history].sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || a.value - b.value);
        points.push(...sorted.slice(0, most - points.length).map((point) => pointForm(id, point)));
      }
      // Unlike the others it holds an empty list, as MLflow's.
      return { metrics: points };
    },
  }),
  jsonRoute({
    subject,
    summary: "The points of a metric in several runs, thinned evenly by their steps.",
    methods: ["GET"],
    path: "mlflow/metrics/get-history-bulk-interval",
    versions: ["2.0", "2.11"],
    fields: {
      run_ids: required(list(text(), MAX_RUNS)),
      metric_key: required(text()),
      start_step: integer(),
      end_step: integer(),
      max_results: preset(integer({ least: 1, most: MAX_POINTS_PER_RUN }), MAX_POINTS_PER_RUN),
    },
    async answer({ run_ids, metric_key, start_step, end_step, max_results }, backend) {
      if ((start_step === undefined) !== (end_step === undefined)) throw new InvalidInputError(messages.halfInterval());
      if (start_step !== undefined && end_step !== undefined && start_step > end_step)
        throw new InvalidInputError(messages.fieldOutOfRange("end_step", end_step, start_step));
      const histories = new Map<string, readonly Metric[]>();
      for (const id of run_ids) histories.set(id, await historyOf(backend, id, metric_key));
      const sampled = sampleHistories(histories, { start: start_step, end: end_step, most: max_results });
      return { metrics: listForm(sampled.map(([id, point]) => pointForm(id, point))) };
    },
  }),
];

const historyOf = async ({ store }: Backend, runId: string, key: string): Promise<readonly Metric[]> =>
  (await store.getMetricHistory(runId, key)).items;

const pointForm = (runId: string, { key, value, timestamp, step }: Metric): object => ({
  key,
  value: numberForm(value),
  timestamp,
  step,
  run_id: runId,
});
