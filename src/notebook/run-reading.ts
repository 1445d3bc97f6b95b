import type { LoggedModel, Metric, RunEntity } from "../core";
import { readingClient } from "../tracking";

/** The histories of those of a run's metrics that have more than one step to show, at most `limit` of them. */
export async function readHistories(run: RunEntity, limit: number): Promise<Record<string, readonly Metric[]>> {
  const client = readingClient();
  const keys = run.data.latestMetrics.filter(({ step }) => step > 0).map(({ key }) => key);
  const histories = await Promise.all(
    keys.slice(0, limit).map(async (key) => [key, await client.getMetricHistory(run.info.runId, key)] as const),
  );
  return Object.fromEntries(histories);
}

/** The models that a run has made, in the order it made them, which stores do not keep. */
export async function readModels({ outputs }: RunEntity): Promise<LoggedModel[]> {
  const client = readingClient();
  const models = await Promise.allSettled(outputs.modelOutputs.map(({ modelId }) => client.getLoggedModel(modelId)));
  return models
    .flatMap((model) => (model.status === "fulfilled" ? [model.value] : []))
    .sort((a, b) => a.creationTimestamp - b.creationTimestamp || a.name.localeCompare(b.name));
}

/** The paths in a run's artifact folder; none where it cannot be read. */
export async function readArtifactPaths({ info }: RunEntity): Promise<string[]> {
  const files = await readingClient()
    .listArtifacts(info.runId)
    .catch(() => []);
  return files.map(({ path, isDir }) => (isDir ? `${path}/` : path));
}
