import { globalSlot, messages, StoreError, TrackbookError, warnOnce } from "../../core";
import { whenAborted } from "../../runtime";
import { type RecordingStore, spooledStores } from "../recording-store";
import { shortPlace } from "../tracking-uri";
import { finishJobs } from "./background";
import { type Lost, lostText, noteLost } from "./lost";
import type { RunQueue } from "./run-queue";

/** A run that something may be written to. */
export interface RecordedRun {
  readonly id: string;
  /** The id that it was opened under, which may have been ours alone. */
  readonly firstId: string;
  readonly store: RecordingStore;
  readonly queue: RunQueue;
  /** What could not be stored since somebody last asked. */
  readonly failures: TrackbookError[];
  /** The same in a few words, whole. */
  readonly lost: Lost;
}

/** A verb writes by itself when the last write is longer ago than this … */
const MAX_AGE = 100;
/** … or when so many points wait. */
const MAX_WAITING = 65_536;
/** The event loop writes what waits after so many milliseconds. */
const IDLE_DELAY = 25;
/** So many failures of one run are kept: a store that is gone for a whole training must not fill the memory. */
const MAX_FAILURES = 100;

const state = globalSlot("recorder", () => ({
  dirty: new Set<RecordedRun>(),
  waiting: 0,
  lastFlush: Number.NEGATIVE_INFINITY,
  maxAge: MAX_AGE,
  timer: undefined as NodeJS.Timeout | undefined,
  failed: new Set<RecordedRun>(),
  /** Why there was no run to write to, since somebody last asked. */
  unopened: undefined as TrackbookError | undefined,
}));

/** To be called after each change to a run's queue: sees to it that it is written soon, or now when it is time. */
export function enqueued(run: RecordedRun): void {
  state.waiting += 1;
  state.dirty.add(run);
  if (state.waiting >= MAX_WAITING || performance.now() - state.lastFlush > state.maxAge) flushQueues();
  else state.timer ??= setTimeout(flushQueues, IDLE_DELAY).unref();
}

/** From now on each verb writes at once: no timer fires any more. */
export function flushEachTime(): void {
  state.maxAge = -1;
}

/** Writes everything that waits, now. What fails is kept on the run for `flush()` and said in one warning; never throws. */
export function flushQueues(): void {
  clearTimeout(state.timer);
  state.timer = undefined;
  state.waiting = 0;
  // Before the writing too: what is queued by a write must not begin another.
  state.lastFlush = performance.now();
  for (const run of state.dirty) {
    state.dirty.delete(run);
    writeQueue(run);
  }
  state.lastFlush = performance.now();
}

/**
 * Writes everything that waits, and does the background work of `runs` (of all when left out); what goes to a server is there when the promise
 * resolves. Rejects with the first failure of these runs since they were last asked, the others in its `cause`.
 */
export async function reportStored(runs?: readonly RecordedRun[]): Promise<void> {
  const finished = finishJobs(runs);
  flushQueues();
  await finished;
  flushQueues();
  const stores = runs ? new Set(runs.map(({ store }) => store)) : spooledStores.values();
  const undelivered: TrackbookError[] = [];
  for (const { spool } of stores) {
    if (!spool) continue;
    await spool.delivered().catch((error: TrackbookError) => undelivered.push(error));
    for (const { error } of spool.takeLost(runs?.flatMap(namesOf))) undelivered.push(error);
  }
  throwFailures([...takeFailures(runs), ...undelivered]);
}

/** The server may know a run by another id than the one it was opened under. */
const namesOf = ({ id, firstId }: RecordedRun): string[] => [id, firstId];

function takeFailures(runs?: readonly RecordedRun[]): TrackbookError[] {
  const failures = [...(runs ?? state.failed)].flatMap((run) => {
    state.failed.delete(run);
    run.lost.clear();
    return run.failures.splice(0);
  });
  if (!runs && state.unopened) {
    failures.push(state.unopened);
    state.unopened = undefined;
  }
  return failures;
}

function throwFailures(failures: readonly TrackbookError[]): void {
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new StoreError(messages.notStored(failures.length, first.message), { cause: new AggregateError(failures) });
}

/** Keeps a failure for `flush()` and says it once on stderr. */
export function recordFailure(run: RecordedRun, what: string, error: unknown, count = 1): void {
  noteLost(run.lost, what, count);
  const failure = toFailure(`${what} could not be stored`, error);
  if (run.failures.length < MAX_FAILURES) run.failures.push(failure);
  state.failed.add(run);
  warnOnce(
    `store:${run.store.uri}:${failure.code}`,
    `${what} of run ${run.id} was not kept in ${shortPlace(run.store.uri)}: ${reason(error)} (said once; flush() tells all)`,
  );
}

/** Says at the end what nobody has asked for by `flush()`, where it is more than the first warning has named. */
export function tellLost(): void {
  for (const run of state.failed) {
    const text = lostText(run.lost);
    if (text !== undefined)
      process.stderr.write(
        `trackbook: of run ${run.id} all of this was not kept in ${shortPlace(run.store.uri)}: ${text}\n`,
      );
  }
}

/** The same when not even a run could be opened. */
export function recordUnopened(error: unknown): void {
  state.unopened ??= toFailure("no run could be opened", error);
  warnOnce("implicit-run", `no run could be opened, nothing is recorded: ${reason(error)}`);
}

const toFailure = (what: string, error: unknown): TrackbookError =>
  error instanceof TrackbookError
    ? error
    : new StoreError(messages.storeFailed(`${what}: ${reason(error)}.`), { cause: error });

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Each part by itself: what one of them meets keeps no other from being stored. */
function writeQueue(run: RecordedRun): void {
  const { store, id } = run;
  const taken = run.queue.take();
  const { params, tags, deletedTags, series, datasets, models, files, status } = taken;
  const cameBack = whenAborted(() => {
    run.queue.putBack(taken);
    enqueued(run);
  });
  writeKeyed(run, "param", params, (some) => store.logBatch(id, { params: some }));
  writeKeyed(run, "tag", tags, (some) => store.logBatch(id, { tags: some }));
  for (const key of deletedTags) attempt(run, `the deletion of tag "${key}"`, () => store.deleteTag(id, key));
  useUp(series, (one) =>
    attempt(run, `metric "${one.key}"`, () => store.logBatch(id, { metrics: [one] }), one.values.length),
  );
  if (datasets.length > 0) attempt(run, "data sets", () => store.logInputs(id, { datasets }));
  if (models.length > 0) attempt(run, "models", () => store.logOutputs(id, models));
  useUp(files, (write) => attempt(run, "a file", write));
  if (status !== undefined) attempt(run, "the status", () => store.updateRun(id, status));
  cameBack();
}

/** Takes each item away once it has been used. */
function useUp<T>(items: T[], use: (item: T) => void): void {
  for (let item = items[0]; item !== undefined; item = items[0]) {
    use(item);
    items.shift();
  }
}

/** All in one go; when that fails one by one, which is harmless for what is stored already. */
function writeKeyed<T extends { readonly key: string }>(
  run: RecordedRun,
  kind: string,
  items: readonly T[],
  write: (items: readonly T[]) => void,
): void {
  if (items.length === 0) return;
  try {
    write(items);
  } catch {
    for (const item of items) attempt(run, `${kind} "${item.key}"`, () => write([item]));
  }
}

function attempt(run: RecordedRun, what: string, write: () => void, count = 1): void {
  try {
    write();
  } catch (error) {
    recordFailure(run, what, error, count);
  }
}
