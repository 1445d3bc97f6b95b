import type { DatasetInput, LifecycleStage, RunEntity, RunInfo } from "../../../core";
import { ownValue, type RunFields } from "../../../search";

/** A run as a search looks at it. What it answers is what its files say, or said at an earlier look of the same search. */
export interface SearchedRun {
  /** `undefined` when there is no such run, or none that can be read. */
  stage(): LifecycleStage | undefined;
  /** What {@link stage} would have said last time, at no cost: a guess. */
  lastStage(): LifecycleStage | undefined;
  info<Key extends keyof RunInfo>(key: Key): RunInfo[Key];
  metric(key: string): number | undefined;
  param(key: string): string | undefined;
  tag(key: string): string | undefined;
  datasetInputs(): readonly DatasetInput[];
  /** Makes sure of everything about the run. `false` when it had changed, so that what was answered before may be wrong. */
  confirm(): boolean;
  /** All of the run. */
  whole(): RunEntity;
}

/** How a search reads a {@link SearchedRun}. */
export const SEARCHED_RUN_FIELDS: RunFields<SearchedRun> = {
  info: (run, key) => run.info(key),
  metric: (run, key) => run.metric(key),
  param: (run, key) => run.param(key),
  tag: (run, key) => run.tag(key),
  datasetInputs: (run) => run.datasetInputs(),
};

/** A run that was just read. */
export function searchedEntity(run: RunEntity): SearchedRun {
  return {
    stage: () => run.info.lifecycleStage,
    lastStage: () => run.info.lifecycleStage,
    info: (key) => run.info[key],
    metric: (key) => ownValue(run.data.metrics, key),
    param: (key) => ownValue(run.data.params, key),
    tag: (key) => ownValue(run.data.tags, key),
    datasetInputs: () => run.inputs.datasetInputs,
    confirm: () => true,
    whole: () => run,
  };
}
