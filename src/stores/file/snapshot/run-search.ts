import { basename } from "node:path";
import type { LifecycleStage, Page, RunEntity, ViewType } from "../../../core";
import { encodeOffset, planRunSearch, type SearchQuery } from "../../../search";
import { listFolders } from "../files";
import { isRunFolderName } from "../layout";
import { isInView, readRuns } from "../run";
import { isCorruption, warnLeftOut } from "../skip-corrupt";
import { SETTLING_TIME } from "../stamps";
import type { StoreRoot } from "../store-root";
import { snapshotPath } from "./snapshot-path";
import { ExperimentSnapshot } from "./experiment-snapshot";
import { SEARCHED_RUN_FIELDS, type SearchedRun, searchedEntity } from "./searched-run";
import { SnapshotRun } from "./snapshot-run";

/** When searches use snapshots. */
export interface RunSearchOptions {
  /** Experiments with fewer runs are read whole each time: that takes as long as to check them. @default 100 */
  readonly minimumRuns?: number;
  /** Ms; see SETTLING_TIME in stamps.ts. @default 2000 */
  readonly settlingTime?: number;
}

/** How many experiments' snapshots a process keeps in memory. */
const REMEMBERED_EXPERIMENTS = 8;

/**
 * Searches the runs of a store. What a search answers is what reading all runs would: see {@link SnapshotRun} for how it gets
 * by with less.
 */
export class RunSearch {
  readonly #root: StoreRoot;
  readonly #minimumRuns: number;
  readonly #settlingTime: number;
  readonly #snapshots = new Map<string, ExperimentSnapshot>();

  constructor(root: StoreRoot, { minimumRuns = 100, settlingTime = SETTLING_TIME }: RunSearchOptions = {}) {
    this.#root = root;
    this.#minimumRuns = minimumRuns;
    this.#settlingTime = settlingTime;
  }

  /**
   * A page of the runs in these experiments' folders. Runs that cannot be read are left out with a warning.
   *
   * @throws InvalidInputError INVALID_PARAMETER_VALUE
   */
  search(experimentFolders: readonly string[], viewType: ViewType, query: SearchQuery): Page<RunEntity> {
    const plan = planRunSearch(query, SEARCHED_RUN_FIELDS);
    const snapshots: ExperimentSnapshot[] = [];
    const runs = experimentFolders.flatMap((folder): readonly SearchedRun[] => {
      const names = listFolders(folder).filter(isRunFolderName);
      if (names.length < this.#minimumRuns) return [...readRuns(folder, names, viewType)].map(searchedEntity);
      const snapshot = this.#snapshotOf(basename(folder));
      snapshots.push(snapshot);
      return snapshot.beginSearch(folder, names);
    });
    // One `stat` rules out a run that does not pass; its stage comes first only where that is likely to be what rules it out.
    const isInViewOf = (run: SearchedRun) => isStageInView(run.stage(), viewType);
    const passes = (run: SearchedRun) =>
      (isStageInView(run.lastStage(), viewType) || isInViewOf(run)) && plan.passes(run) && isInViewOf(run);
    const select = (): readonly SearchedRun[] =>
      plan.sort(runs.filter((run) => plan.passesForGood(run) && passes(run)));

    const readCount = () => snapshots.reduce((sum, snapshot) => sum + snapshot.readCount, 0);
    const before = readCount();
    let found = select();
    for (const snapshot of snapshots) snapshot.stopChecking();
    // A run that was read in the midst of it may have passed a clause as it was and another as it is.
    if (readCount() > before) found = select();
    // The run behind the page tells whether there is a next one; those before the page, where it begins.
    while (
      !found
        .slice(0, plan.end + 1)
        .map((run) => run.confirm())
        .every(Boolean)
    )
      found = select();
    for (const snapshot of snapshots) snapshot.endSearch();
    for (const run of runs) if (run instanceof SnapshotRun) reportProblem(run, viewType);
    return {
      items: found.slice(plan.offset, plan.end).map((run) => run.whole()),
      ...(plan.end < found.length && { nextPageToken: encodeOffset(plan.end) }),
    };
  }

  #snapshotOf(experimentId: string): ExperimentSnapshot {
    const snapshot =
      this.#snapshots.get(experimentId) ??
      new ExperimentSnapshot({
        experimentId,
        file: snapshotPath(this.#root, experimentId),
        settlingTime: this.#settlingTime,
      });
    this.#snapshots.delete(experimentId);
    this.#snapshots.set(experimentId, snapshot);
    if (this.#snapshots.size > REMEMBERED_EXPERIMENTS)
      this.#snapshots.delete(this.#snapshots.keys().next().value as string);
    return snapshot;
  }
}

const isStageInView = (stage: LifecycleStage | undefined, viewType: ViewType): boolean =>
  stage !== undefined && isInView(stage, viewType);

function reportProblem({ name, problem }: SnapshotRun, viewType: ViewType): void {
  if (!problem || (problem.stage && !isInView(problem.stage, viewType))) return;
  if (!isCorruption(problem.error)) throw problem.error;
  warnLeftOut(`the run ${name}`, problem.error);
}
