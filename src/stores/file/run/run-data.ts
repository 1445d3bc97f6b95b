import { writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import {
  InvalidInputError,
  type Metric,
  messages,
  type Param,
  pause,
  publishFile,
  type RunData,
  replaceFile,
  type Tag,
} from "../../../core";
import type { MetricSeries } from "../../tracking-store";
import { listKeys, readText, readTexts, setOwn, writeKey } from "../files";
import { keyPath, METRICS_FOLDER, PARAMS_FOLDER, TAGS_FOLDER } from "../layout";
import { formatPoints, isLater, readPoints, appendSeries } from "../metrics";

/** Params, latest metrics and tags of the run in a folder. @throws DATA_LOSS */
export function readRunData(folder: string, runId: string): RunData {
  const metrics: Record<string, number> = {};
  const latestMetrics: Metric[] = [];
  for (const key of listKeys(join(folder, METRICS_FOLDER))) {
    const latest = readLatest(folder, runId, key);
    if (!latest) continue;
    latestMetrics.push(latest);
    setOwn(metrics, key, latest.value);
  }
  const params = readTexts(join(folder, PARAMS_FOLDER));
  return { params, metrics, tags: readTexts(join(folder, TAGS_FOLDER)), latestMetrics };
}

function readLatest(folder: string, runId: string, key: string): Metric | undefined {
  let latest: { timestamp: number; value: number; step: number; rest: string } | undefined;
  readPoints(folder + sep + METRICS_FOLDER + sep + key, "run", (timestamp, value, step, rest) => {
    if (!latest || isLater(step, timestamp, value, latest)) latest = { timestamp, value, step, rest };
  });
  return latest && toMetric(key, runId, latest.timestamp, latest.value, latest.step, latest.rest);
}

/** Every point of a metric in the order they were written; none for an unknown metric. */
export function readHistory(folder: string, runId: string, key: string): Metric[] {
  const points: Metric[] = [];
  readPoints(keyPath(folder, METRICS_FOLDER, key), "run", (timestamp, value, step, rest) => {
    points.push(toMetric(key, runId, timestamp, value, step, rest));
  });
  return points;
}

/** A point as its line has it. */
export function toMetric(
  key: string,
  runId: string,
  timestamp: number,
  value: number,
  step: number,
  rest: string,
): Metric {
  if (rest === "") return { key, value, timestamp, step, runId };
  const [datasetName, datasetDigest] = rest.split(" ");
  return { key, value, timestamp, step, runId, datasetName, datasetDigest };
}

/** Appends points to a metric of the run. `touched`: the files that this process has appended to. */
export function appendMetric(folder: string, series: MetricSeries, touched: Set<string>): void {
  if (series.values.length === 0) return;
  appendSeries(folder, series.key, formatPoints(series), touched);
}

/** Adds a param. @throws INVALID_PARAMETER_VALUE when it is there with another value, also when another process just wrote it */
export function addParam(folder: string, runId: string, { key, value }: Param): void {
  const path = keyPath(folder, PARAMS_FOLDER, key);
  writeKey("param", key, folder, path, () => {
    if (publishFile(path, value, folder)) return;
    const old = readParam(path, value);
    if (old !== value) throw new InvalidInputError(messages.paramChanged(key, runId, old, value));
  });
}

/** An empty file can be one of Python's that has not written yet. */
function readParam(path: string, expected: string): string {
  let text = readText(path) ?? "";
  for (let wait = 1; wait <= 32 && text === "" && expected !== ""; wait *= 2) {
    pause(wait);
    text = readText(path) ?? "";
  }
  return text;
}

/** Sets a tag; readers see the old text or the new one. */
export function writeTag(folder: string, { key, value }: Tag): void {
  const path = keyPath(folder, TAGS_FOLDER, key);
  writeKey("tag", key, folder, path, () => replaceFile(path, value, folder));
}

/** Sets a tag unless it is there: of several processes one gets `true`. */
export function claimTag(folder: string, { key, value }: Tag): boolean {
  const path = keyPath(folder, TAGS_FOLDER, key);
  let isMine = false;
  writeKey("tag", key, folder, path, () => {
    isMine = publishFile(path, value, folder);
  });
  return isMine;
}

/** Sets a tag of a run that nobody can see yet. */
export function writeFirstTag(folder: string, { key, value }: Tag): void {
  const path = keyPath(folder, TAGS_FOLDER, key);
  writeKey("tag", key, folder, path, () => writeFileSync(path, value));
}
