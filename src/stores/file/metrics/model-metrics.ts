import { dirname, join } from "node:path";
import { type Metric, messages, StoreError } from "../../../core";
import type { MetricSeries } from "../../tracking-store";
import { isFolder, listKeys } from "../files";
import { isModelFolderName, keyPath, METRICS_FOLDER, MODELS_FOLDER } from "../layout";
import { formatPoints, isLater, readPoints } from "./metric-file";
import { appendSeries } from "./metric-writer";

/** The folder of a LoggedModel in the experiment of the run in `runFolder`. @throws RESOURCE_DOES_NOT_EXIST */
export function requireModelFolder(runFolder: string, modelId: string): string {
  const folder = join(dirname(runFolder), MODELS_FOLDER, modelId);
  if (!isModelFolderName(modelId) || !isFolder(folder))
    throw new StoreError(messages.notFound("logged model", modelId, "await searchLoggedModels() lists them."));
  return folder;
}

/** Appends points of a run to a metric of a LoggedModel. `touched`: the files that this process has appended to. */
export function appendModelMetric(folder: string, runId: string, series: MetricSeries, touched: Set<string>): void {
  if (series.values.length === 0) return;
  appendSeries(folder, series.key, formatPoints(series, runId), touched);
}

/** The latest point of each metric of a LoggedModel, for each data set it was measured on. @throws DATA_LOSS */
export function readModelMetrics(folder: string, modelId: string): Metric[] {
  return listKeys(join(folder, METRICS_FOLDER)).flatMap((key) => {
    const latest = new Map<string, Metric>();
    readPoints(keyPath(folder, METRICS_FOLDER, key), "model", (timestamp, value, step, rest) => {
      const [runId, datasetName, datasetDigest] = rest.split(" ");
      const dataset = `${datasetName ?? ""} ${datasetDigest ?? ""}`;
      const former = latest.get(dataset);
      if (former && !isLater(step, timestamp, value, former)) return;
      latest.set(dataset, { key, value, timestamp, step, runId, modelId, datasetName, datasetDigest });
    });
    return [...latest.values()];
  });
}
