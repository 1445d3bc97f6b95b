import { type Experiment, InvalidInputError, messages, type RunEntity } from "../../core";
import { absoluteUri, requireStores } from "../tracking-uri";
import { ensureModel, finishModel } from "./migrate-models";
import { migrateRegistry } from "./migrate-registry";
import { ensureTwin, migrateRun } from "./migrate-runs";
import { allOf, type MigrationState, newMigrationState } from "./migration-state";
import { count, type Tally } from "./tally";

/** From where to where everything is carried over. */
export interface MigrationOptions {
  readonly source: string;
  readonly target: string;
  /** Told how many of all runs are there. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told what could not be carried over, one sentence each. */
  readonly onWarning?: (what: string) => void;
}

/** How many runs a page of the source holds. */
const PAGE = 1000;

/**
 * Carries everything in one store over to another: experiments, runs with histories and artifacts, logged models, registered models.
 * What is in the target stays; what was carried over before is compared and completed, so a migration that was interrupted goes on
 * where it ended. Ids stay the same, except on servers, which give their own, and those of experiments. Answers what was counted on
 * both sides.
 */
export async function migrate({ source, target, onProgress, onWarning }: MigrationOptions): Promise<Tally> {
  const { openAnyTrackingStore, openRegistryStore } = requireStores();
  const [from, to] = [absoluteUri(source), absoluteUri(target)].map((uri) => openAnyTrackingStore(uri)) as [
    MigrationState["source"],
    MigrationState["target"],
  ];
  if (from === to || from.uri === to.uri) throw new InvalidInputError(messages.migratedIntoItself(target));
  const state = newMigrationState(from, to, onWarning ?? (() => {}));
  const experiments = await allOf<Experiment>(async (pageToken) =>
    from.searchExperiments({ viewType: "ALL", maxResults: PAGE, pageToken }),
  );
  const runs = new Map<string, RunEntity[]>();
  for (const { experimentId } of experiments)
    runs.set(
      experimentId,
      await allOf(async (pageToken) =>
        from.searchRuns([experimentId], { viewType: "ALL", maxResults: PAGE, pageToken, orderBy: ["start_time ASC"] }),
      ),
    );
  const total = [...runs.values()].reduce((sum, some) => sum + some.length, 0);
  let done = 0;
  onProgress?.(0, total);
  for (const experiment of experiments)
    await migrateExperiment(state, experiment, runs.get(experiment.experimentId) ?? [], () =>
      onProgress?.(++done, total),
    );
  await migrateRegistry(state, openRegistryStore(from.uri), openRegistryStore(to.uri));
  return state.tally;
}

async function migrateExperiment(
  state: MigrationState,
  experiment: Experiment,
  runs: readonly RunEntity[],
  onRun: () => void,
): Promise<void> {
  const { source, target, tally } = state;
  const twinId = await ensureExperiment(state, experiment);
  const models = await allOf(async (pageToken) =>
    source.searchLoggedModels([experiment.experimentId], { pageToken, maxResults: 100 }),
  );
  const artifactUris = new Map<string, string>();
  for (const run of runs) {
    const twin = await target.getRun(await ensureTwin(state, run, twinId));
    artifactUris.set(run.info.artifactUri, twin.info.artifactUri);
  }
  for (const model of models) await ensureModel(state, model, twinId, artifactUris);
  for (const run of runs) {
    await migrateRun(state, run, models);
    onRun();
  }
  for (const model of models) await finishModel(state, model);
  if (experiment.lifecycleStage === "deleted") await target.deleteExperiment(twinId);
  await target.dateExperiment?.(twinId, { created: experiment.creationTime, updated: experiment.lastUpdateTime });
  count(tally, "experiments", 1, 1);
}

/** The target's experiment of the same name, active while it is filled. */
async function ensureExperiment({ target }: MigrationState, experiment: Experiment): Promise<string> {
  const { name, tags } = experiment;
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const there = await target.getExperimentByName(name);
  if (!there && experiment.experimentId !== "0") return target.createExperiment(name, { tags: list });
  const experimentId = there?.experimentId ?? "0";
  if (there?.lifecycleStage === "deleted") await target.restoreExperiment(experimentId);
  for (const tag of list) await target.setExperimentTag(experimentId, tag);
  return experimentId;
}
