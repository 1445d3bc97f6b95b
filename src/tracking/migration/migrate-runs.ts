import { type LoggedModel, type ModelInput, type RunEntity, TAGS } from "../../core";
import { copyArtifacts } from "./copy-artifacts";
import { migratePoints } from "./migrate-points";
import { requireStores } from "../tracking-uri";
import { givesOwnIds, type MigrationState } from "./migration-state";
import { count } from "./tally";

/** MLflow's servers take so many params or tags at once. */
const BATCH = 100;

/** By it the twin of a run is found on a server, which gives it another id. */
const MIGRATED = "migrated:";

/** The twin of a run, made in the target's experiment when there is none yet. */
export async function ensureTwin(
  { target, runs }: MigrationState,
  run: RunEntity,
  experimentId: string,
): Promise<string> {
  const { runId, runName, userId, startTime } = run.info;
  const key = { key: requireStores().RUN_KEY, value: MIGRATED + runId };
  const twin = (await findTwin(target, runId, experimentId, key)) ?? (await create());
  runs.set(runId, twin);
  return twin;

  async function create(): Promise<string> {
    const tags = givesOwnIds(target) ? [key] : [];
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
  if (!givesOwnIds(target)) return undefined;
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
  await migrateLinks(state, run, twin);
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
function tagsOf({ runs, target }: MigrationState, { data }: RunEntity): Texts {
  const { [requireStores().RUN_KEY]: key, ...others } = data.tags;
  const isKept = key !== undefined && !givesOwnIds(target) && !key.startsWith(MIGRATED);
  const tags = isKept ? data.tags : others;
  const parent = tags[TAGS.parentRun];
  return parent === undefined ? tags : { ...tags, [TAGS.parentRun]: runs.get(parent) ?? parent };
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

/** Data sets and models that the run read and made, which its twin lacks: Python's server refuses models that it knows. */
async function migrateLinks({ target, models }: MigrationState, run: RunEntity, twin: RunEntity): Promise<void> {
  const { runId } = twin.info;
  const { datasetInputs } = run.inputs;
  const lacking = <T extends ModelInput>(wanted: readonly T[], found: readonly ModelInput[]): T[] => {
    const known = new Set(found.map(({ modelId }) => modelId));
    const renamed = wanted.map((one) => ({ ...one, modelId: models.get(one.modelId) ?? one.modelId }));
    return renamed.filter(({ modelId }) => !known.has(modelId));
  };
  const inputs = lacking(run.inputs.modelInputs, twin.inputs.modelInputs);
  const outputs = lacking(run.outputs.modelOutputs, twin.outputs.modelOutputs);
  if (datasetInputs.length > 0) await target.logInputs(runId, { datasets: datasetInputs });
  if (inputs.length > 0) await target.logInputs(runId, { models: inputs });
  if (outputs.length > 0) await target.logOutputs(runId, outputs);
}
