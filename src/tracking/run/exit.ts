import { globalSlot, type TerminalStatus } from "../../core";
import { currentRuntime } from "../../runtime";
import { drainJobs, flushQueues } from "../recorder";
import { noteEnded, openRuns } from "./run-stack";

const state = globalSlot("exit-hooks", () => ({
  installed: false,
  uncaught: false,
  stopTrainings: new Set<() => void>(),
}));

/** Ends the open runs however the process ends. Installed with the first run, once. */
export function installExitHooks(): void {
  if (state.installed) return;
  state.installed = true;
  const runtime = currentRuntime();
  process.on("exit", (code) => endAll(code !== 0 || state.uncaught ? "FAILED" : "FINISHED"));
  // A monitor changes nothing about what happens next. In a kernel an uncaught exception ends a cell, not the process.
  if (runtime.name === "node")
    process.on("uncaughtExceptionMonitor", () => {
      state.uncaught = true;
    });
  if (runtime.isNotebook) runtime.onShutdown(() => endAll("FINISHED"));
  runtime.onTerminate(() => endAll("KILLED"));
  runtime.onInterrupt(() => (runtime.isNotebook ? interrupt() : endAll("KILLED")));
}

/** Registers what stops a pending training when its cell is interrupted; returns what takes it off. */
export function onStopTraining(stop: () => void): () => void {
  state.stopTrainings.add(stop);
  return () => state.stopTrainings.delete(stop);
}

function interrupt(): void {
  for (const stop of [...state.stopTrainings]) stop();
}

function endAll(status: TerminalStatus): void {
  try {
    drainJobs();
  } finally {
    for (const run of openRuns()) {
      run.endNow(status);
      noteEnded(run);
    }
    flushQueues();
  }
}
