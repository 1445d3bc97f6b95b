import { InvalidInputError, type Metric, messages } from "../../../core";
import { decodeOffset, encodeOffset } from "../../../search";
import { integer, list, preset, required, runId, text } from "../fields";
import { sampleInterval } from "../histories";
import { listForm, metricForm, numberForm, StreamedList } from "../wire";
import { jsonRoute, type Route } from "./route";

const subject = "metrics";
const MAX_RUNS = 100;
const MAX_POINTS = 25_000;
const MAX_POINTS_PER_RUN = 2500;
/** More points are sent while they are read. */
const MOST_AT_ONCE = 5000;

/** The points of a metric, of one run and of several, which charts are drawn of. */
export const METRIC_HISTORY_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "The points of a metric, all of them or a page.",
    methods: ["GET"],
    path: "mlflow/metrics/get-history",
    fields: {
      run_id: runId(),
      metric_key: required(text()),
      page_token: text(),
      max_results: integer({ least: 1 }),
    },
    async answer({ run_id, metric_key, page_token, max_results = Number.POSITIVE_INFINITY }, { histories }) {
      const offset = decodeOffset(page_token);
      const points = histories.read(run_id, metric_key, offset, max_results);
      const form = (point: Metric) => metricForm({ ...point, runId: undefined });
      return StreamedList.of("metrics", points, MOST_AT_ONCE, form, (hasMore) => ({
        next_page_token: hasMore ? encodeOffset(offset + max_results) : undefined,
      }));
    },
  }),
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
    async answer({ run_id, metric_key, max_results }, { histories }) {
      const most = Math.min(max_results, MAX_POINTS);
      const points: object[] = [];
      for (const id of [...new Set(run_id)].sort()) {
        if (points.length >= most) break;
        for (const point of await histories.earliest(id, metric_key, most - points.length))
          points.push(pointForm(id, point));
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
    async answer({ run_ids, metric_key, start_step, end_step, max_results }, { store }) {
      if ((start_step === undefined) !== (end_step === undefined)) throw new InvalidInputError(messages.halfInterval());
      if (start_step !== undefined && end_step !== undefined && start_step > end_step)
        throw new InvalidInputError(messages.fieldOutOfRange("end_step", end_step, start_step));
      const interval = { start: start_step, end: end_step, most: max_results };
      const sampled = await sampleInterval(store, run_ids, metric_key, interval);
      return { metrics: listForm(sampled.map(([id, point]) => pointForm(id, point))) };
    },
  }),
];

const pointForm = (runId: string, { key, value, timestamp, step }: Metric): object => ({
  key,
  value: numberForm(value),
  timestamp,
  step,
  run_id: runId,
});
