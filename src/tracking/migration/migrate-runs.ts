import { type LoggedModel, type RunEntity, TAGS } from "../../core";
import { copyArtifacts } from "./copy-artifacts";
import { migratePoints } from "./migrate-points";
import type { MigrationState } from "./migration-state";
import { count } from "./tally";

/** MLflow's servers take so many params or tags at once. */
const BATCH = 100;

/** The twin of a run, made in the target's experiment when there is none yet. */
export async function ensureTwin(
  { target, runs }: MigrationState,
  run: RunEntity,
  experimentId: string,
  keyTag: string,
): Promise<string> {
  const { runId, runName, userId, startTime } = run.info;
  const key = { key: keyTag, value: `migrated:${runId}` };
  const twin = (await findTwin(target, runId, experimentId, key)) ?? (await create());
  runs.set(runId, twin);
  return twin;

  async function create(): Promise<string> {
    const tags = target.isRemote ? [key] : [];
    return (await target.createRun({ runId, experimentId, runName, userId, startTime, tags })).info.runId;
  }
}

async function findTwin(
  target: MigrationState["target"],
  runId: string,
  experimentId: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<string | undefined> {
  try {
    return (await target.getRun(runId)).info.runId;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "RESOURCE_DOES_NOT_EXIST") throw error;
  }
  if (!target.isRemote) return undefined;
  const filter = `tags.\`${key}\` = '${value}'`;
  const { items } = await target.searchRuns([experimentId], { filter, viewType: "ALL", maxResults: 1 });
  return items[0]?.info.runId;
}

/** Carries over what a run's twin lacks: that a migration was interrupted before makes no difference. */
export async function migrateRun(state: MigrationState, run: RunEntity, models: readonly LoggedModel[]): Promise<void> {
  const { target, tally, runs } = state;
  const twinId = runs.get(run.info.runId) as string;
  let twin = await target.getRun(twinId);
  if (twin.info.lifecycleStage === "deleted") await target.restoreRun(twinId);
  await migrateTexts(state, run, twin);
  await migratePoints(state, run, twinId, models);
  await migrateLinks(state, run, twinId);
  await copyArtifacts(state, run.info.artifactUri, twin.info.artifactUri);
  await target.updateRun(twinId, { status: run.info.status, endTime: run.info.endTime });
  twin = await target.getRun(twinId);
  if (run.info.lifecycleStage === "deleted") await target.deleteRun(twinId);
  const { params } = run.data;
  count(tally, "runs", 1, 1);
  count(tally, "params", Object.keys(params).length, sameIn(params, twin.data.params));
  const tags = tagsOf(state, run);
  count(tally, "tags", Object.keys(tags).length, sameIn(tags, twin.data.tags));
  count(tally, "data sets", run.inputs.datasetInputs.length, twin.inputs.datasetInputs.length);
}

type Texts = Readonly<Record<string, string>>;

const sameIn = (wanted: Texts, found: Texts): number =>
  Object.entries(wanted).filter(([key, value]) => found[key] === value).length;

/** A run's tags as its twin has them. */
function tagsOf({ runs }: MigrationState, { data }: RunEntity): Texts {
  const parent = data.tags[TAGS.parentRun];
  return parent === undefined ? data.tags : { ...data.tags, [TAGS.parentRun]: runs.get(parent) ?? parent };
}

async function migrateTexts(state: MigrationState, run: RunEntity, twin: RunEntity): Promise<void> {
  const { target } = state;
  const { runId } = twin.info;
  const missing = (wanted: Texts, found: Texts) =>
    Object.entries(wanted).flatMap(([key, value]) => (found[key] === value ? [] : [{ key, value }]));
  const params = missing(run.data.params, twin.data.params);
  const tags = missing(tagsOf(state, run), twin.data.tags);
  for (let from = 0; from < Math.max(params.length, tags.length); from += BATCH)
    await target.logBatch(runId, { params: params.slice(from, from + BATCH), tags: tags.slice(from, from + BATCH) });
}

/** Data sets and models that the run read and made. */
async function migrateLinks({ target, models }: MigrationState, run: RunEntity, twinId: string): Promise<void> {
  const idOf = (modelId: string) => models.get(modelId) ?? modelId;
  const { datasetInputs, modelInputs } = run.inputs;
  const { modelOutputs } = run.outputs;
  if (datasetInputs.length > 0) await target.logInputs(twinId, { datasets: datasetInputs });
  if (modelInputs.length > 0)
    await target.logInputs(twinId, { models: modelInputs.map(({ modelId }) => ({ modelId: idOf(modelId) })) });
  if (modelOutputs.length > 0)
    await target.logOutputs(
      twinId,
      modelOutputs.map(({ modelId, step }) => ({ modelId: idOf(modelId), step })),
    );
}
