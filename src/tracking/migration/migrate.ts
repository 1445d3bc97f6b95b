import { type Experiment, InvalidInputError, type LoggedModel, messages, type RunEntity } from "../../core";
import { absoluteUri, requireStores } from "../tracking-uri";
import { ensureModel, finishModel } from "./migrate-models";
import { migrateRegistry } from "./migrate-registry";
import { ensureTwin, migrateRun } from "./migrate-runs";
import { allOf, givesOwnIds, holds, type MigrationState, newMigrationState, pagesOf, toList } from "./migration-state";
import { requireSource, runsOf, survey } from "./survey";
import { count, type Tally } from "./tally";

/** From where to where everything is carried over. */
export interface MigrationOptions {
  readonly source: string;
  readonly target: string;
  /** Where the source's server keeps what lies at `mlflow-artifacts:/`, a path or URI; not asked for where the source is a server itself. */
  readonly artifactsDestination?: string;
  /** Told how many of all runs are there. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told what could not be carried over, one sentence each. */
  readonly onWarning?: (what: string) => void;
}

/** How many a page of the source holds: only so many are held in memory, however many there are. */
const [PAGE, MODELS_PAGE] = [200, 10];

/**
 * Carries everything in one store over to another: experiments, runs with histories and artifacts, logged models, registered models.
 * What is in the target stays; what was carried over before is compared and completed, so a migration that was interrupted goes on
 * where it ended. Ids stay the same, except on servers, which give their own, and those of experiments. Answers what was counted on
 * both sides.
 */
export async function migrate(options: MigrationOptions): Promise<Tally> {
  const { source, target, onProgress, onWarning } = options;
  const { openAnyTrackingStore, openRegistryStore } = requireStores();
  const [from, to] = [absoluteUri(source), absoluteUri(target)].map((uri) => openAnyTrackingStore(uri)) as [
    MigrationState["source"],
    MigrationState["target"],
  ];
  if (from === to || from.uri === to.uri) throw new InvalidInputError(messages.migratedIntoItself(target));
  await requireSource(from);
  const destination = givesOwnIds(from) ? undefined : options.artifactsDestination;
  const state = newMigrationState(from, to, onWarning ?? (() => {}), destination);
  const experiments = await allOf<Experiment>(async (pageToken) =>
    from.searchExperiments({ viewType: "ALL", maxResults: PAGE, pageToken }),
  );
  const total = await survey(state, experiments);
  let done = 0;
  onProgress?.(0, total);
  for (const experiment of experiments) await migrateExperiment(state, experiment, () => onProgress?.(++done, total));
  await migrateRegistry(state, openRegistryStore(from.uri), openRegistryStore(to.uri));
  return state.tally;
}

async function migrateExperiment(state: MigrationState, experiment: Experiment, onRun: () => void): Promise<void> {
  const { source, target, tally } = state;
  const { experimentId } = experiment;
  const twinId = await ensureExperiment(state, experiment);
  const artifactUris = new Map<string, string>();
  for await (const runs of runsOf(source, experimentId))
    for (const run of runs) {
      const twin = await target.getRun(await ensureTwin(state, run, twinId));
      artifactUris.set(run.info.artifactUri, twin.info.artifactUri);
    }
  const models = await headsOf(source, experimentId);
  for (const { head } of models) await ensureModel(state, head, twinId, artifactUris);
  for await (const runs of runsOf(source, experimentId))
    for (const run of runs) {
      const measured = models.filter(({ measuredBy }) => measuredBy.has(run.info.runId));
      await migrateRun(
        state,
        run,
        await Promise.all(measured.map(async ({ head }) => source.getLoggedModel(head.modelId))),
      );
      onRun();
    }
  for (const { head } of models) await finishModel(state, head);
  if (experiment.lifecycleStage === "deleted") await target.deleteExperiment(twinId);
  await target.dateExperiment?.(twinId, { created: experiment.creationTime, updated: experiment.lastUpdateTime });
  const twin = await target.getExperiment(twinId);
  const isWhole = twin.lifecycleStage === experiment.lifecycleStage && holds(twin.tags, experiment.tags);
  count(tally, "experiments", 1, isWhole ? 1 : 0);
}

/** A LoggedModel without its points, of which there may be very many, and the runs that measured them. */
interface ModelHead {
  readonly head: LoggedModel;
  readonly measuredBy: ReadonlySet<string | undefined>;
}

async function headsOf(source: MigrationState["source"], experimentId: string): Promise<readonly ModelHead[]> {
  const heads: ModelHead[] = [];
  const pages = pagesOf<LoggedModel>(async (pageToken) =>
    source.searchLoggedModels([experimentId], { pageToken, maxResults: MODELS_PAGE }),
  );
  for await (const models of pages)
    for (const model of models)
      heads.push({ head: { ...model, metrics: [] }, measuredBy: new Set(model.metrics.map(({ runId }) => runId)) });
  return heads;
}

/** The target's experiment of the same name, active while it is filled. */
async function ensureExperiment({ target }: MigrationState, experiment: Experiment): Promise<string> {
  const { name, tags } = experiment;
  const list = toList(tags);
  const there = await target.getExperimentByName(name);
  if (!there && experiment.experimentId !== "0") return target.createExperiment(name, { tags: list });
  const experimentId = there?.experimentId ?? "0";
  if (there?.lifecycleStage === "deleted") await restore(target, experimentId);
  for (const tag of list) await target.setExperimentTag(experimentId, tag);
  return experimentId;
}

/** Makes an experiment active again; what is deleted in it stays so, where it is no twin of a run that is carried over. */
async function restore(target: MigrationState["target"], experimentId: string): Promise<void> {
  const deleted: string[] = [];
  const pages = pagesOf<RunEntity>(async (pageToken) =>
    target.searchRuns([experimentId], { viewType: "DELETED_ONLY", maxResults: PAGE, pageToken }),
  );
  for await (const runs of pages) deleted.push(...runs.map(({ info }) => info.runId));
  await target.restoreExperiment(experimentId);
  for (const runId of deleted) await target.deleteRun(runId);
}
