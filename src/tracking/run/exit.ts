import { globalSlot, type TerminalStatus } from "../../core";
import { currentRuntime } from "../../runtime";
import { drainJobs, flushEachTime, flushQueues, tellLost } from "../recorder";
import { spooledStores } from "../recording-store";
import type { OpenRun } from "./open-run";
import { noteEnded, openRuns } from "./run-stack";

const state = globalSlot("exit-hooks", () => ({
  installed: false,
  uncaught: false,
  /** What a run ends with that is opened while the process exits. */
  exitsWith: undefined as TerminalStatus | undefined,
  stopTrainings: new Set<() => void>(),
  /** What trainings under way have yet to write to their runs. */
  lastWords: new Set<() => void>(),
  /** Runs whose last training was interrupted. */
  interrupted: new WeakSet<OpenRun>(),
}));

/** Ends the open runs however the process ends. Installed with the first run, once. */
export function installExitHooks(): void {
  if (state.installed) return;
  state.installed = true;
  const runtime = currentRuntime();
  process.on("exit", (code) => exit(code !== 0 || state.uncaught ? "FAILED" : "FINISHED"));
  // A monitor changes nothing about what happens next. In a kernel an uncaught exception ends a cell, not the process.
  if (runtime.name === "node")
    process.on("uncaughtExceptionMonitor", () => {
      state.uncaught = true;
    });
  if (runtime.isNotebook) runtime.onShutdown(() => endAll("FINISHED"));
  runtime.onTerminate(() => endAll("KILLED"));
  runtime.onInterrupt(() => (runtime.isNotebook ? interrupt() : endAll("KILLED")));
}

/** Registers what stops a pending training of `run` when its cell is interrupted; to be told how the training has ended. */
export function onStopTraining(run: OpenRun, stop: () => void): (status: TerminalStatus) => void {
  state.stopTrainings.add(stop);
  return (status) => {
    state.stopTrainings.delete(stop);
    if (status === "KILLED") state.interrupted.add(run);
    else state.interrupted.delete(run);
  };
}

/** Registers what is called before the process ends its open runs, and must not wait; returns what takes it off again. */
export function beforeRunsEnd(write: () => void): () => void {
  state.lastWords.add(write);
  return () => state.lastWords.delete(write);
}

/** What an open run ends with where its user has not said so: not FINISHED when its last training was interrupted. */
export const endingOf = (run: OpenRun, status: TerminalStatus): TerminalStatus =>
  status === "FINISHED" && state.interrupted.has(run) ? "KILLED" : status;

function interrupt(): void {
  for (const stop of [...state.stopTrainings]) stop();
}

/** Listeners that were added after ours are still to be called: what they log goes to the runs that were open, at once. */
function exit(status: TerminalStatus): void {
  state.exitsWith = status;
  const writable = [...openRuns()].filter(({ closed }) => !closed);
  try {
    endAll(status);
  } finally {
    for (const run of writable) run.closed = false;
    flushEachTime();
    tellLost();
  }
}

/** The status with which the process is exiting, if it is. */
export const exitStatus = (): TerminalStatus | undefined => state.exitsWith;

function endAll(status: TerminalStatus): void {
  try {
    for (const write of state.lastWords) write();
    drainJobs();
  } finally {
    for (const run of openRuns()) {
      run.endNow(endingOf(run, status));
      noteEnded(run);
    }
    flushQueues();
    for (const { spool } of spooledStores.values()) spool?.leave();
  }
}
