import { globalSlot, InvalidInputError, messages, StoreError, TrackbookError, warnOnce } from "../../core";
import type { TrackingStore } from "../../stores";
import { shortPlace } from "../tracking-uri";
import { drainJobs } from "./background";
import { RunQueue } from "./run-queue";

/** A run that something may be written to. */
export interface RecordedRun {
  readonly id: string;
  readonly store: TrackingStore;
  readonly queue: RunQueue;
  /** What could not be stored since somebody last asked. */
  readonly failures: TrackbookError[];
}

/** A verb writes by itself when the last write is longer ago than this. */
const MAX_AGE = 100;
/** … or when so many points wait. */
const MAX_WAITING = 65_536;
/** The event loop writes what waits after so many milliseconds. */
const IDLE_DELAY = 25;

const state = globalSlot("recorder", () => ({
  dirty: new Set<RecordedRun>(),
  waiting: 0,
  lastFlush: Number.NEGATIVE_INFINITY,
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** To be called after each change to a run's queue: sees to it that it is written soon, or now when it is time. */
export function enqueued(run: RecordedRun): void {
  state.waiting += 1;
  if (state.dirty.size === 0 || !state.dirty.has(run)) state.dirty.add(run);
  if (state.waiting >= MAX_WAITING || performance.now() - state.lastFlush > MAX_AGE) flushQueues();
  else if (state.timer === undefined) state.timer = setTimeout(flushQueues, IDLE_DELAY).unref();
}

/** Writes everything that waits, now. What fails is kept on the run for `flush()` and said in one warning; never throws. */
export function flushQueues(): void {
  clearTimeout(state.timer);
  state.timer = undefined;
  state.waiting = 0;
  for (const run of state.dirty) {
    state.dirty.delete(run);
    writeQueue(run);
  }
  state.lastFlush = performance.now();
}

/**
 * Writes everything that waits for `runs` (all when left out), their background jobs included.
 * @throws the first failure of these runs since they were last asked, the others in its `cause`.
 */
export function flushAndReport(runs?: Iterable<RecordedRun>): void {
  const failures: TrackbookError[] = [];
  const asked = runs ? [...runs] : [...state.dirty];
  drainJobs();
  const all = runs ? asked : [...new Set([...asked, ...state.dirty, ...failed])];
  flushQueues();
  for (const run of all) {
    failures.push(...run.failures.splice(0));
    failed.delete(run);
  }
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new StoreError(messages.notStored(failures.length, first.message), { cause: new AggregateError(failures) });
}

const failed = globalSlot("failed-runs", () => new Set<RecordedRun>());

/** Keeps a failure for `flush()` and says it once on stderr. */
export function recordFailure(run: RecordedRun, what: string, error: unknown): void {
  const failure =
    error instanceof TrackbookError
      ? error
      : new StoreError(messages.storeFailed(`${what} could not be stored: ${reason(error)}.`), { cause: error });
  run.failures.push(failure);
  failed.add(run);
  warnOnce(
    `store:${run.store.uri}:${failure.code}`,
    `${what} of run ${run.id} was not kept in ${shortPlace(run.store.uri)}: ${reason(error)} (said once; flush() tells all)`,
  );
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function writeQueue(run: RecordedRun): void {
  const { store, id } = run;
  const { params, tags, deletedTags, series, datasets, models, files, status } = run.queue.take();
  const attempt = (what: string, write: () => void): boolean => {
    try {
      write();
      return true;
    } catch (error) {
      if (!(what === "params" && error instanceof InvalidInputError)) recordFailure(run, what, error);
      return false;
    }
  };
  if (params.length > 0 && !attempt("params", () => store.logBatch(id, { params })))
    for (const param of params) attempt(`param "${param.key}"`, () => store.logBatch(id, { params: [param] }));
  if (tags.length > 0) attempt("tags", () => store.logBatch(id, { tags }));
  for (const key of deletedTags) attempt(`the deletion of tag "${key}"`, () => store.deleteTag(id, key));
  if (series.length > 0) attempt("metrics", () => store.logBatch(id, { metrics: series }));
  if (datasets.length > 0) attempt("data sets", () => store.logInputs(id, { datasets }));
  if (models.length > 0) attempt("models", () => store.logOutputs(id, models));
  for (const write of files) attempt("a file", write);
  if (status !== undefined) attempt("the status", () => store.updateRun(id, status));
}
