import type { DatasetInput, LifecycleStage, RunEntity, RunInfo } from "../../../core";
import { INPUTS_FOLDER, META_FILE, METRICS_FOLDER, PARAMS_FOLDER, RUN_NAME_TAG, TAGS_FOLDER } from "../layout";
import { isNoFile, matchesStamp, UNSETTLED } from "../stamps";
import type { RunColumns } from "./run-columns";
import { type RunProblem, readTracedRun } from "./run-reading";
import type { SearchedRun } from "./searched-run";

/** What the runs of a snapshot share. */
export interface SnapshotContext {
  readonly experimentId: string;
  /** The experiment's folder. */
  folder: string;
  columns: RunColumns;
  readonly settlingTime: number;
  /** During a search: which entries have been found unchanged. */
  checked: Uint8Array;
  /** Whether answers are checked against the files; later rounds of a search rely on the first. */
  isChecking: boolean;
  /** Called for each run that was read from its files. `isSettled`: what was read can be trusted later. */
  onRead(name: string, isSettled: boolean): void;
}

/**
 * A run of a snapshot. Before it answers it looks whether the files that the answer comes from are as they were, and if not
 * reads the whole run anew. So a search costs a `stat` for each file that its outcome depends on.
 */
export class SnapshotRun implements SearchedRun {
  readonly name: string;
  readonly #context: SnapshotContext;
  #record: number | undefined;
  #problem: RunProblem | undefined;
  /** Read, or looked at as a whole, in this search. */
  #isCurrent = false;

  constructor(context: SnapshotContext, name: string, record?: number) {
    this.#context = context;
    this.name = name;
    this.#record = record;
  }

  /** Its record in the columns; `undefined` when there is no run, or none that can be read. */
  get record(): number | undefined {
    return this.#record;
  }

  /** Why it could not be read. */
  get problem(): RunProblem | undefined {
    return this.#problem;
  }

  /** A new search: nothing is certain any more. */
  beginSearch(): void {
    this.#isCurrent = false;
    if (this.#record === undefined) this.#read();
  }

  /** The same run in other columns. */
  moveTo(columns: RunColumns): void {
    const { columns: old, experimentId } = this.#context;
    if (this.#record !== undefined)
      this.#record = columns.add(old.run(this.#record, experimentId), old.entries(this.#record));
  }

  stage(): LifecycleStage | undefined {
    this.#ensure(META_FILE);
    return this.lastStage();
  }

  lastStage(): LifecycleStage | undefined {
    return this.#record === undefined ? undefined : this.#context.columns.info(this.#record, "lifecycleStage");
  }

  info<Key extends keyof RunInfo>(key: Key): RunInfo[Key];
  info(key: keyof RunInfo): RunInfo[keyof RunInfo] {
    if (key === "runId") return this.name;
    if (key === "experimentId") return this.#context.experimentId;
    this.#ensure(META_FILE);
    if (key === "runName") this.#ensure(`${TAGS_FOLDER}/${RUN_NAME_TAG}`);
    return this.#record === undefined ? undefined : this.#context.columns.info(this.#record, key);
  }

  metric(key: string): number | undefined {
    const entry = this.#ensure(`${METRICS_FOLDER}/${key}`);
    return entry === undefined ? undefined : this.#context.columns.value(entry);
  }

  /** A param that was there is not looked at again: nobody can overwrite it. */
  param(key: string): string | undefined {
    const entry = this.#ensure(`${PARAMS_FOLDER}/${key}`, true);
    return entry === undefined ? undefined : this.#context.columns.text(entry);
  }

  tag(key: string): string | undefined {
    const entry = this.#ensure(`${TAGS_FOLDER}/${key}`);
    return entry === undefined ? undefined : this.#context.columns.text(entry);
  }

  datasetInputs(): readonly DatasetInput[] {
    if (this.#context.isChecking) this.#confirmEntries(concernsInputs);
    return this.#record === undefined ? [] : this.#context.columns.links(this.#record).inputs.datasetInputs;
  }

  confirm(): boolean {
    const isUnchanged = this.#confirmEntries(() => true);
    this.#isCurrent = true;
    return isUnchanged;
  }

  whole(): RunEntity {
    return this.#context.columns.run(this.#record as number, this.#context.experimentId);
  }

  /** The entry of a path, which is as it was when it was read. `isFinal`: a file there is always as it was. */
  #ensure(path: string, isFinal = false): number | undefined {
    if (this.#record === undefined) return undefined;
    const { columns, checked, isChecking, folder } = this.#context;
    const entry = columns.entryOf(this.#record, path);
    if (this.#isCurrent || !isChecking) return entry;
    if (entry === undefined) {
      if (!isPlainPath(path) || isNoFile(`${folder}/${this.name}/${path}`)) return undefined;
    } else {
      if (checked[entry] === 1) return entry;
      const stamp = columns.stamp(entry);
      const isTrusted = isFinal && stamp !== UNSETTLED && columns.text(entry) !== undefined;
      if (isTrusted || matchesStamp(`${folder}/${this.name}/${path}`, stamp)) {
        checked[entry] = 1;
        return entry;
      }
    }
    this.#read();
    return this.#record === undefined ? undefined : columns.entryOf(this.#record, path);
  }

  /** Looks at those files and folders of the run that `matters` says. `false` when it had to be read anew. */
  #confirmEntries(matters: (path: string) => boolean): boolean {
    if (this.#record === undefined || this.#isCurrent) return true;
    const { columns, checked, folder } = this.#context;
    const end = columns.firstEntry(this.#record + 1);
    for (let entry = columns.firstEntry(this.#record); entry < end; entry++) {
      const path = columns.path(entry);
      if (checked[entry] === 1 || !matters(path)) continue;
      if (!matchesStamp(`${folder}/${this.name}/${path}`, columns.stamp(entry))) {
        this.#read();
        return false;
      }
      checked[entry] = 1;
    }
    return true;
  }

  #read(): void {
    const { folder, columns, settlingTime, onRead } = this.#context;
    const { run, problem, entries } = readTracedRun(folder, this.name, settlingTime);
    this.#record = run && columns.add(run, entries);
    this.#problem = problem;
    this.#isCurrent = true;
    onRead(
      this.name,
      entries.every(([, stamp]) => stamp !== UNSETTLED),
    );
  }
}

/** An experiment's data sets lie beside the run's folder. */
const concernsInputs = (path: string): boolean =>
  path === INPUTS_FOLDER || path.startsWith(`${INPUTS_FOLDER}/`) || path.startsWith("../");

/** True for a path that leads to no other place by `..` and the like, and so may be a key's. */
const isPlainPath = (path: string): boolean => !/(?:^|\/)\.{0,2}(?:\/|$)/.test(path);
