import { globalSlot, isTesting, warnOnce } from "../../core";

/** Work that must not stand in the caller's way: digests, source segments, the git commit. */
export interface BackgroundJob {
  readonly name: string;
  /** The run that the work is for: `run.end()` waits for it. */
  readonly owner: object;
  run(): void;
  /** Has the heavy part done by another thread, where there is time to wait; otherwise `run` does it. Never rejects. */
  prepare?(): Promise<void>;
}

/** Jobs wait until no training has been pending for so long, or until somebody waits for them (flush, end, exit). */
const QUIET = 200;

const state = globalSlot("background", () => ({
  jobs: new Set<BackgroundJob>(),
  /** Trainings under way. */
  busy: 0,
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Puts `job` off to a quiet moment; it runs at the latest before the process ends. A fault in it is one warning. */
export function inBackground(job: BackgroundJob): void {
  state.jobs.add(job);
  schedule();
}

/** Tells that a training has begun; the function returned tells that it is over. */
export function markBusy(): () => void {
  state.busy += 1;
  schedule();
  return () => {
    state.busy -= 1;
    schedule();
  };
}

/** Does the work that waits for these runs, or for any, now. */
export function drainJobs(owners?: readonly object[]): void {
  doNow(dueJobs(owners));
}

/** The same for who can wait: other threads do what they can. The rest is done when this returns. */
export async function finishJobs(owners?: readonly object[]): Promise<void> {
  const due = dueJobs(owners);
  const prepared = due.filter(({ prepare }) => prepare);
  doNow(due.filter(({ prepare }) => !prepare));
  if (prepared.length === 0) return;
  await Promise.all(prepared.map((job) => job.prepare?.()));
  // Those that somebody who could not wait has done meanwhile are not done again.
  doNow(prepared);
}

function dueJobs(owners?: readonly object[]): readonly BackgroundJob[] {
  return [...state.jobs].filter(({ owner }) => owners?.includes(owner) ?? true);
}

/** A moment to read in: all that waits is done first, so that what is read is whole. */
export function settleJobs(): void {
  if (state.busy === 0) drainJobs();
}

function doNow(jobs: readonly BackgroundJob[]): void {
  const waiting = jobs.filter((job) => state.jobs.delete(job));
  for (const job of waiting) doOne(job);
}

function doOne(job: BackgroundJob): void {
  try {
    job.run();
  } catch (error) {
    warnOnce(`job:${job.name}`, `${job.name} could not be recorded: ${String(error)}`);
    if (isTesting()) throw error;
  }
}

function schedule(): void {
  clearTimeout(state.timer);
  state.timer = undefined;
  if (state.jobs.size === 0 || state.busy > 0) return;
  state.timer = setTimeout(() => void finishJobs(), QUIET).unref();
}
