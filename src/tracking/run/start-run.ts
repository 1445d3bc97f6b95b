import { InvalidInputError, messages, TERMINAL_STATUSES, type TerminalStatus, validateStatus } from "../../core";
import { whenAborted } from "../../runtime";
import { finishJobs, reportStored } from "../recorder";
import { type ActiveRun, endRunOf, endUnasked, handleOf } from "./active-run";
import { activeOrInherited, openExplicitRun } from "./open";
import { endingOf } from "./exit";
import type { OpenRun } from "./open-run";
import { inFrame, lastRun, pushRun } from "./run-stack";
import type { StartRunOptions } from "./start-options";

/** The work that `startRun(options, fn)` binds to its run. */
export type RunFunction<T> = (run: ActiveRun) => T | PromiseLike<T>;

/**
 * Opens a run and makes it the active one, or, with a function, binds it to what that function does, its awaits included: then the run ends when
 * the function and every training begun in it have settled, FAILED when the function throws.
 *
 * An active implicit run is ended silently. Without `nested`, an active explicit run is an error.
 *
 * @throws RUN_ACTIVE, INVALID_PARAMETER_VALUE, or what the store says when it cannot be reached
 * @example
 * const run = startRun({ runName: "baseline" });
 * logParam("alpha", 0.5);
 * await run.end();
 * @example
 * await Promise.all([0.1, 0.01].map((rate) => startRun({ tags: { rate } }, () => train(rate))));
 */
export function startRun(options?: StartRunOptions): ActiveRun;
export function startRun<T>(options: StartRunOptions | undefined, fn: RunFunction<T>): Promise<T>;
export function startRun<T>(fn: RunFunction<T>): Promise<T>;
export function startRun<T>(first?: StartRunOptions | RunFunction<T>, second?: RunFunction<T>): ActiveRun | Promise<T> {
  const [options, fn] = typeof first === "function" ? [{}, first] : [first ?? {}, second];
  if (fn !== undefined && typeof fn !== "function")
    throw new InvalidInputError(
      messages.wrongType(
        "The second argument of startRun",
        fn,
        "a function of the run",
        "startRun(options, async (run) => { … }) is a call that is right.",
      ),
    );
  const run = openExplicitRun(options);
  if (fn) return inside(run, fn);
  pushRun(run);
  return handleOf(run);
}

/** The run that verbs write to here; `undefined` when the next verb would open one. The same object each time. */
export function activeRun(): ActiveRun | undefined {
  const run = activeOrInherited();
  return run && handleOf(run);
}

/** The run that this process opened last, ended or not. */
export function lastActiveRun(): ActiveRun | undefined {
  const run = activeOrInherited() ?? lastRun();
  return run && handleOf(run);
}

/**
 * Ends the active run. Resolves when everything is stored, rejects with what was not; does nothing when no run is active.
 * @example await endRun("FAILED");
 */
export function endRun(status: TerminalStatus = "FINISHED"): Promise<void> {
  validateStatus(status, TERMINAL_STATUSES);
  const run = activeOrInherited();
  return run ? endRunOf(run, status) : Promise.resolve();
}

/** Resolves when everything that was logged in this process is stored; rejects with what was not. */
export function flush(): Promise<void> {
  const done = reportStored();
  done.catch(() => {});
  return done;
}

async function inside<T>(run: OpenRun, fn: RunFunction<T>): Promise<T> {
  let status: TerminalStatus = "FINISHED";
  const inner: OpenRun[] = [];
  const cameBack = whenAborted(() => {
    for (const aborted of [...inner.reverse(), run]) endUnasked(aborted, "KILLED");
  });
  try {
    const result = inFrame(run, () => fn(handleOf(run)), inner);
    cameBack();
    return await result;
  } catch (error) {
    cameBack();
    status = "FAILED";
    throw error;
  } finally {
    await endInside([...inner.reverse(), run], status);
  }
}

/** Runs that the function opened and left open end with its own. What could not be stored is told by `flush()`: it must not hide the function's own result or error. */
async function endInside(runs: readonly OpenRun[], status: TerminalStatus): Promise<void> {
  for (const run of runs) {
    while (run.pending.size > 0) await Promise.allSettled(run.pending);
    await finishJobs([run]);
    endUnasked(run, endingOf(run, status));
  }
}
