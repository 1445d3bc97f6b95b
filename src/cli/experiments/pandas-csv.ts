import type { RunEntity } from "../../core";
import { csvLines } from "../csv-lines";

/** Runs as `mlflow experiments csv` prints them: pandas' forms of times and numbers, columns in the order they are first met. */
export function runsCsv(runs: readonly RunEntity[]): string {
  const metrics = keysOf(runs.map(({ data }) => data.metrics));
  const params = keysOf(runs.map(({ data }) => data.params));
  const tags = keysOf(runs.map(({ data }) => data.tags));
  const head = [
    ...["run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time"],
    ...metrics.map((key) => `metrics.${key}`),
    ...params.map((key) => `params.${key}`),
    ...tags.map((key) => `tags.${key}`),
  ];
  const starts = pandasTimes(runs.map(({ info }) => info.startTime));
  const ends = pandasTimes(runs.map(({ info }) => info.endTime));
  const rows = runs.map(({ info, data }, index) => [
    info.runId,
    info.experimentId,
    info.status,
    info.artifactUri,
    starts[index] ?? "",
    ends[index] ?? "",
    ...metrics.map((key) => pandasNumber(data.metrics[key])),
    ...params.map((key) => data.params[key] ?? ""),
    ...tags.map((key) => data.tags[key] ?? ""),
  ]);
  return csvLines([head, ...rows]);
}

const keysOf = (records: readonly Readonly<Record<string, unknown>>[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

/** Times of one column: milliseconds only where one of them has some. */
function pandasTimes(times: readonly (number | undefined)[]): string[] {
  const end = times.every((time) => (time ?? 0) % 1000 === 0) ? -5 : -1;
  return times.map((time) =>
    time === undefined ? "" : `${new Date(time).toISOString().slice(0, end).replace("T", " ")}+00:00`,
  );
}

/** NaN is an empty field, as is a metric that a run does not have. */
function pandasNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
