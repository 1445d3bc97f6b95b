import type { LoggedModel, Metric, RunEntity } from "../../core";
import type { AnyTrackingStore, MetricSeries } from "../../stores";
import { allOf, type MigrationState } from "./migration-state";
import { count } from "./tally";

/** MLflow's servers answer so many points at once, and take so many. */
const [PAGE, BATCH] = [25_000, 1000];

/** A point's identity within a run: stores that keep no infinities keep the largest number. */
const identityOf = ({ timestamp, step, value }: Pick<Metric, "timestamp" | "step" | "value">): string =>
  `${timestamp} ${step} ${Number.isNaN(value) ? "NaN" : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0}`;

/** Adds the points of a run's metrics that its twin lacks, those that were measured on models to these as well. */
export async function migratePoints(
  state: MigrationState,
  run: RunEntity,
  twinId: string,
  models: readonly LoggedModel[],
): Promise<void> {
  const { source, target, tally } = state;
  for (const { key } of run.data.latestMetrics) {
    const points = await historyOf(source, run.info.runId, key);
    const there = new Set((await historyOf(target, twinId, key)).map(identityOf));
    const missing = points.filter((point) => !there.has(identityOf(point)));
    for (let from = 0; from < missing.length; from += BATCH) {
      const metrics = seriesOf(state, key, missing.slice(from, from + BATCH), pointsOn(models, run.info.runId, key));
      await target.logBatch(twinId, { metrics });
    }
    const wanted = new Set(points.map(identityOf));
    const arrived = new Set((await historyOf(target, twinId, key)).map(identityOf));
    count(tally, "metric points", wanted.size, [...wanted].filter((identity) => arrived.has(identity)).length);
  }
}

const historyOf = (store: AnyTrackingStore, runId: string, key: string): Promise<Metric[]> =>
  allOf(async (pageToken) => store.getMetricHistory(runId, key, { maxResults: PAGE, pageToken }));

/** Which points of a metric were measured on a model, by their identity. */
function pointsOn(models: readonly LoggedModel[], runId: string, key: string): ReadonlyMap<string, Metric> {
  const points = models.flatMap(({ metrics }) => metrics.filter((point) => point.runId === runId && point.key === key));
  return new Map(points.map((point) => [identityOf(point), point]));
}

/** One series for the points of no model, and one for those of each model and data set. */
function seriesOf(
  { models }: MigrationState,
  key: string,
  points: readonly Metric[],
  onModels: ReadonlyMap<string, Metric>,
): MetricSeries[] {
  const groups = new Map<string, Metric[]>();
  for (const point of points) {
    const { modelId = "", datasetName = "", datasetDigest = "" } = { ...point, ...onModels.get(identityOf(point)) };
    const group = JSON.stringify([modelId, datasetName, datasetDigest]);
    groups.set(group, [...(groups.get(group) ?? []), point]);
  }
  return Array.from(groups, ([group, some]) => {
    const [modelId, datasetName, datasetDigest] = JSON.parse(group) as [string, string, string];
    return {
      key,
      values: some.map(({ value }) => value),
      timestamps: some.map(({ timestamp }) => timestamp),
      steps: some.map(({ step }) => step),
      ...(modelId && { modelId: models.get(modelId) ?? modelId }),
      ...(datasetName && { datasetName, datasetDigest }),
    };
  });
}
