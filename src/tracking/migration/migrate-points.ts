import type { LoggedModel, Metric, RunEntity } from "../../core";
import type { AnyTrackingStore, MetricSeries } from "../../stores";
import { allOf, type MigrationState } from "./migration-state";
import { count } from "./tally";

/** MLflow's servers answer so many points at once, and take so many. */
const [PAGE, BATCH] = [25_000, 1000];

/** A point's identity within a run: stores that keep no infinities keep the largest number. */
const identityOf = ({ timestamp, step, value }: Pick<Metric, "timestamp" | "step" | "value">): string =>
  `${timestamp} ${step} ${Number.isNaN(value) ? "NaN" : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)) + 0}`;

/** Adds the points of a run's metrics that its twin lacks, and to each of the `models` those that were measured on it. */
export async function migratePoints(
  state: MigrationState,
  run: RunEntity,
  twinId: string,
  models: readonly LoggedModel[],
): Promise<void> {
  const { source, target, tally } = state;
  const measured = models.map((model) => ofRun(model, run.info.runId));
  for (const { key } of run.data.latestMetrics) {
    const points = byIdentity(await historyOf(source, run.info.runId, key));
    const there = byIdentity(await historyOf(target, twinId, key));
    const missing = [...points].flatMap(([identity, point]) => (there.has(identity) ? [] : point));
    // What was measured on models is added to one of them at once: not every store keeps a point once that comes again.
    const onModels = byIdentity(measured.flat().filter((point) => point.key === key));
    await addPoints(
      state,
      twinId,
      missing.map((point) => ({ ...point, ...onModels.get(identityOf(point)) })),
    );
    const arrived = byIdentity(await historyOf(target, twinId, key));
    count(tally, "metric points", points.size, [...points.keys()].filter((identity) => arrived.has(identity)).length);
  }
  for (const [index, model] of models.entries()) await migrateModelPoints(state, model, measured[index] ?? [], twinId);
}

const historyOf = (store: AnyTrackingStore, runId: string, key: string): Promise<Metric[]> =>
  allOf(async (pageToken) => store.getMetricHistory(runId, key, { maxResults: PAGE, pageToken }));

/** The first point of each identity. */
const byIdentity = (points: readonly Metric[]): ReadonlyMap<string, Metric> =>
  new Map(points.toReversed().map((point) => [identityOf(point), point]));

/** Those points of a model that a run has measured. */
const ofRun = ({ modelId, metrics }: LoggedModel, runId: string): readonly Metric[] =>
  metrics.flatMap((point) => (point.runId === runId ? { ...point, modelId } : []));

/** Adds the points of a run that its twin's model lacks: one point may have been measured on several models. */
async function migrateModelPoints(
  state: MigrationState,
  { modelId }: LoggedModel,
  points: readonly Metric[],
  twinId: string,
): Promise<void> {
  if (points.length === 0) return;
  const { target, models, tally } = state;
  const found = async () => ofRun(await target.getLoggedModel(models.get(modelId) ?? modelId), twinId);
  const wanted = seriesIn(points);
  const before = seriesIn(await found());
  const missing = [...wanted].flatMap(([name, series]) => lackingIn(before.get(name), series, target.kind === "file"));
  await addPoints(state, twinId, missing);
  const arrived = seriesIn(await found());
  for (const [name, series] of wanted)
    count(tally, "model metric points", series.size, series.size - lackingIn(arrived.get(name), series).length);
}

type Points = ReadonlyMap<string, Metric>;

/** A model's points, by metric and data set. */
function seriesIn(points: readonly Metric[]): ReadonlyMap<string, Points> {
  const series = new Map<string, Map<string, Metric>>();
  for (const point of points) {
    const { key, datasetName = "", datasetDigest = "" } = point;
    const name = JSON.stringify([key, datasetName, datasetDigest]);
    series.set(name, (series.get(name) ?? new Map<string, Metric>()).set(identityOf(point), point));
  }
  return series;
}

/** The points that a series lacks. A folder answers the latest of each only: where that is there, the others are. */
function lackingIn(found: Points = new Map(), wanted: Points, answersLatest = found.size === 1): readonly Metric[] {
  const lacking = [...wanted].flatMap(([identity, point]) => (found.has(identity) ? [] : point));
  return answersLatest && found.has(identityOf(latestOf([...wanted.values()]))) ? [] : lacking;
}

const latestOf = (points: readonly Metric[]): Metric =>
  points.reduce((best, point) => {
    if (point.step !== best.step) return point.step > best.step ? point : best;
    if (point.timestamp !== best.timestamp) return point.timestamp > best.timestamp ? point : best;
    return point.value > best.value ? point : best;
  });

async function addPoints({ target, models }: MigrationState, twinId: string, points: readonly Metric[]): Promise<void> {
  for (let from = 0; from < points.length; from += BATCH) {
    const groups = new Map<string, Metric[]>();
    for (const point of points.slice(from, from + BATCH)) {
      const { key, modelId = "", datasetName = "", datasetDigest = "" } = point;
      const group = JSON.stringify([key, modelId, datasetName, datasetDigest]);
      groups.set(group, [...(groups.get(group) ?? []), point]);
    }
    const metrics = Array.from(groups, ([group, some]): MetricSeries => {
      const [key, modelId, datasetName, datasetDigest] = JSON.parse(group) as [string, string, string, string];
      return {
        key,
        values: some.map(({ value }) => value),
        timestamps: some.map(({ timestamp }) => timestamp),
        steps: some.map(({ step }) => step),
        ...(modelId && { modelId: models.get(modelId) ?? modelId }),
        ...(datasetName && { datasetName, datasetDigest }),
      };
    });
    await target.logBatch(twinId, { metrics });
  }
}
