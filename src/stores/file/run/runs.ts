import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import {
  InvalidInputError,
  type LifecycleStage,
  messages,
  type Metric,
  newRunId,
  now,
  type Page,
  type RunEntity,
  type RunInfo,
  StoreError,
  type ViewType,
} from "../../../core";
import { decodeOffset, encodeOffset } from "../../../search";
import type { Batch, HistoryOptions, TrackingStore } from "../../tracking-store";
import { requireActiveExperiment } from "../experiments";
import { listFolders, readText, setOwn } from "../files";
import { readInputs, readOutputs } from "./inputs";
import { isRunFolderName, keyPath, RUN_FOLDERS, RUN_NAME_TAG, TAGS_FOLDER } from "../layout";
import { appendModelMetric, requireModelFolder } from "../metrics";
import { addParam, appendMetric, readHistory, readRunData, writeFirstTag, writeTag } from "./run-data";
import { isRunFolder, type LocatedRun, type RunLocator } from "./run-locator";
import { readRunInfo, writeRunInfo } from "./run-meta";
import { skipCorrupt } from "../skip-corrupt";
import type { StoreRoot } from "../store-root";

/** Creates a run. Its meta.yaml comes last: until then nobody takes the folder for a run. */
export function createRun(
  root: StoreRoot,
  locator: RunLocator,
  options: Parameters<TrackingStore["createRun"]>[0],
): RunEntity {
  const { experiment, folder: experimentFolder } = requireActiveExperiment(root, options.experimentId);
  const { runId = newRunId() } = options;
  const folder = join(experimentFolder, runId);
  mkdirSync(folder);
  for (const name of [...RUN_FOLDERS, TAGS_FOLDER]) mkdirSync(join(folder, name));
  const tags: Record<string, string> = {};
  for (const { key, value } of options.tags) setOwn(tags, key, value);
  setOwn(tags, RUN_NAME_TAG, options.runName);
  for (const [key, value] of Object.entries(tags)) writeFirstTag(folder, { key, value });
  const info: RunInfo = {
    runId,
    runName: options.runName,
    experimentId: experiment.experimentId,
    userId: options.userId,
    status: "RUNNING",
    startTime: options.startTime,
    endTime: undefined,
    artifactUri: `${experiment.artifactLocation.replace(/\/+$/, "")}/${runId}/artifacts`,
    lifecycleStage: "active",
  };
  writeRunInfo(folder, info, null);
  locator.rememberNew(folder);
  return {
    info,
    data: { params: {}, metrics: {}, tags, latestMetrics: [] },
    inputs: { datasetInputs: [], modelInputs: [] },
    outputs: { modelOutputs: [] },
  };
}

/** Everything about a run. @throws DATA_LOSS */
export function readRun(folder: string, info: RunInfo): RunEntity {
  const data = readRunData(folder, info.runId);
  const named = info.runName === "" ? { ...info, runName: data.tags[RUN_NAME_TAG] ?? "" } : info;
  return { info: named, data, inputs: readInputs(folder), outputs: readOutputs(folder) };
}

/** The runs in these folders of an experiment's folder that are in a life-cycle stage, without those that cannot be read. */
export function* readRuns(
  experimentFolder: string,
  names: readonly string[],
  viewType: ViewType,
): Generator<RunEntity> {
  for (const name of names) {
    const folder = join(experimentFolder, name);
    const run = skipCorrupt(`the run ${name}`, () => {
      const info = readRunInfo(folder);
      return info && isInView(info.lifecycleStage, viewType) && isRunFolder(folder) ? readRun(folder, info) : undefined;
    });
    if (run) yield run;
  }
}

/** True for a stage that a view shows. */
export const isInView = (stage: LifecycleStage, viewType: ViewType): boolean =>
  viewType === "ALL" || (stage === "deleted") === (viewType === "DELETED_ONLY");

/** Changes status, end time or name of an active run; the name is a tag as well. */
export function updateRun(
  { folder, info }: LocatedRun,
  change: { status?: RunInfo["status"]; endTime?: number; runName?: string },
): void {
  const { runName } = change;
  if (runName !== undefined) writeTag(folder, { key: RUN_NAME_TAG, value: runName });
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  writeRunInfo(folder, { ...info, ...Object.fromEntries(given) });
}

/** Marks a run deleted; MLflow keeps its folder where it is. */
export function markDeleted(folder: string, info: RunInfo, time: number = now()): void {
  writeRunInfo(folder, { ...info, lifecycleStage: "deleted" }, time);
}

/** Marks a run active again. */
export function markActive(folder: string, info: RunInfo): void {
  writeRunInfo(folder, { ...info, lifecycleStage: "active" });
}

/** Marks all runs of an experiment's folder that are in the other stage, as MLflow does when an experiment is deleted or restored. */
export function markAllRuns(experimentFolder: string, stage: "active" | "deleted"): void {
  const time = now();
  for (const name of listFolders(experimentFolder).filter(isRunFolderName)) {
    const folder = join(experimentFolder, name);
    const info = skipCorrupt(`the run ${name}`, () => readRunInfo(folder));
    if (!info || info.lifecycleStage === stage) continue;
    if (stage === "deleted") markDeleted(folder, info, time);
    else markActive(folder, info);
  }
}

/** Params first, then metrics, then tags: a param that has another value already stops the batch before anything else is written. */
export function logBatch(locator: RunLocator, runId: string, { params = [], metrics = [], tags = [] }: Batch): void {
  const { folder, touched } = locator.findUnchanged(runId);
  const modelFolders = metrics.map(({ modelId }) =>
    modelId === undefined ? undefined : requireModelFolder(folder, modelId),
  );
  for (const param of params) addParam(folder, runId, param);
  metrics.forEach((series, index) => {
    appendMetric(folder, series, touched);
    const modelFolder = modelFolders[index];
    if (modelFolder) appendModelMetric(modelFolder, runId, series, touched);
  });
  for (const tag of tags) {
    if (tag.key === RUN_NAME_TAG) updateRun(locator.findActive(runId), { runName: tag.value });
    else writeTag(folder, tag);
  }
}

/** Removes a tag. @throws RESOURCE_DOES_NOT_EXIST */
export function deleteTag(folder: string, key: string): void {
  const path = keyPath(folder, TAGS_FOLDER, key);
  if (readText(path) === undefined)
    throw new StoreError(messages.notFound("tag", key, "await getRun(runId) shows the tags that there are."));
  rmSync(path);
}

/** A page of a metric's history; all of it without `maxResults`. */
export function historyPage(
  { folder }: LocatedRun,
  key: string,
  { maxResults, pageToken, about = Number.POSITIVE_INFINITY }: HistoryOptions = {},
): Page<Metric> {
  if (maxResults !== undefined && (!Number.isSafeInteger(maxResults) || maxResults < 1))
    throw new InvalidInputError(messages.badMaxResults(maxResults, Number.MAX_SAFE_INTEGER));
  const offset = decodeOffset(pageToken);
  const points = sampled(readHistory(folder, basename(folder), key), about);
  const end = maxResults === undefined ? points.length : offset + maxResults;
  return { items: points.slice(offset, end), ...(end < points.length && { nextPageToken: encodeOffset(end) }) };
}

/** Every so many-th point, counted from the last, and those of the least and the greatest value. */
function sampled(points: readonly Metric[], about: number): readonly Metric[] {
  const stride = Math.ceil(points.length / about);
  if (stride <= 1) return points;
  let [least, greatest] = [points.length - 1, points.length - 1];
  points.forEach(({ value }, index) => {
    if (!(value >= (points[least] as Metric).value)) least = Number.isNaN(value) ? least : index;
    if (!(value <= (points[greatest] as Metric).value)) greatest = Number.isNaN(value) ? greatest : index;
  });
  return points.filter(
    (_, index) => (points.length - 1 - index) % stride === 0 || index === least || index === greatest,
  );
}
