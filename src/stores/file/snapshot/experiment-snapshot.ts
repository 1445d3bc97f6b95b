import { RunColumns } from "./run-columns";
import { loadSnapshot, saveSnapshot } from "./snapshot-file";
import { type SnapshotContext, SnapshotRun } from "./snapshot-run";

/** Where an experiment and its snapshot lie. */
export interface SnapshotPlace {
  readonly experimentId: string;
  /** The snapshot's file; `undefined` for a snapshot that is kept in memory only. */
  readonly file: string | undefined;
  /** See SETTLING_TIME in stamps.ts. */
  readonly settlingTime: number;
}

/** Of the runs, the part that must have been read from files before a snapshot is written once more. */
const STALE_PART = 0.01;

/** What is known of an experiment's runs from former searches, of this process or others. It is never believed unchecked. */
export class ExperimentSnapshot {
  readonly #context: SnapshotContext;
  readonly #file: string | undefined;
  #runs: ReadonlyMap<string, SnapshotRun>;
  /** Runs that the file has not, or not as they are. */
  readonly #unsaved = new Set<string>();
  #readCount = 0;

  constructor({ experimentId, file, settlingTime }: SnapshotPlace) {
    this.#file = file;
    const columns = (file === undefined ? undefined : loadSnapshot(file)) ?? new RunColumns();
    this.#context = {
      experimentId,
      folder: "",
      columns,
      settlingTime,
      checked: new Uint8Array(0),
      isChecking: true,
      onRead: (name, isSettled) => {
        this.#readCount++;
        if (isSettled) this.#unsaved.add(name);
      },
    };
    const runs = new Map<string, SnapshotRun>();
    for (let record = 0; record < columns.count; record++) {
      const name = columns.runId(record);
      // Of a run that was read several times the last record counts.
      runs.set(name, new SnapshotRun(this.#context, name, record));
    }
    this.#runs = runs;
  }

  /** How many runs have been read from their files so far. */
  get readCount(): number {
    return this.#readCount;
  }

  /** Begins a search among the folders of these names, in the experiment's folder as it lies now. */
  beginSearch(folder: string, names: readonly string[]): readonly SnapshotRun[] {
    const context = this.#context;
    context.folder = folder;
    context.checked = new Uint8Array(context.columns.entryCount);
    context.isChecking = true;
    let known = 0;
    const runs = names.map((name) => {
      const run = this.#runs.get(name);
      if (run) known++;
      return run ?? new SnapshotRun(context, name);
    });
    for (const run of runs) run.beginSearch();
    if (known < runs.length || known < this.#runs.size) this.#runs = new Map(runs.map((run) => [run.name, run]));
    return runs;
  }

  /** From now on answers are not checked, only what {@link SnapshotRun.confirm} asks. */
  stopChecking(): void {
    this.#context.isChecking = false;
  }

  /** Ends a search: what it has found out is kept. */
  endSearch(): void {
    const { columns } = this.#context;
    if (columns.count > 2 * this.#runs.size) this.#compact();
    if (this.#file === undefined || this.#unsaved.size <= STALE_PART * this.#runs.size) return;
    saveSnapshot(this.#file, this.#context.columns);
    this.#unsaved.clear();
  }

  /** Leaves out the records of runs that have been read anew or are gone. */
  #compact(): void {
    const columns = new RunColumns();
    for (const run of this.#runs.values()) run.moveTo(columns);
    this.#context.columns = columns;
  }
}
