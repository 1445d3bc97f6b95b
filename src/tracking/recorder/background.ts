import { globalSlot, isTesting, warnOnce } from "../../core";

/** Work that must not stand in the caller's way: digests, source segments, the git commit. */
export interface BackgroundJob {
  readonly name: string;
  /** The run that the work is for: `run.end()` waits for it. */
  readonly owner: object;
  run(): void;
}

/** Jobs wait until no training has been pending for so long, or until somebody waits for them (flush, end, exit). */
const QUIET = 200;

const state = globalSlot("background", () => ({
  jobs: [] as BackgroundJob[],
  /** Trainings under way. */
  busy: 0,
  timer: undefined as NodeJS.Timeout | undefined,
}));

/** Puts `job` off to a quiet moment; it runs at the latest before the process ends. A fault in it is one warning. */
export function inBackground(job: BackgroundJob): void {
  state.jobs.push(job);
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
  const isDue = ({ owner }: BackgroundJob) => owners?.includes(owner) ?? true;
  const due = state.jobs.filter(isDue);
  state.jobs = state.jobs.filter((job) => !isDue(job));
  for (const job of due) doNow(job);
}

/** A moment to read in: all that waits is done first, so that what is read is whole. */
export function settleJobs(): void {
  if (state.busy === 0) drainJobs();
}

function doNow(job: BackgroundJob): void {
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
  if (state.jobs.length === 0 || state.busy > 0) return;
  state.timer = setTimeout(() => drainJobs(), QUIET).unref();
}
