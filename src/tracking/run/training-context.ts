import { AsyncLocalStorage } from "node:async_hooks";
import { globalSlot } from "../../core";
import type { OpenRun } from "./open-run";

/** The trainings that a piece of asynchronous work is a callback of. */
interface TrainingContext {
  readonly run: OpenRun;
  readonly outer: TrainingContext | undefined;
}

const contexts = globalSlot("training-context", () => new AsyncLocalStorage<TrainingContext>());

/** Runs a training: what its callbacks do, now and after their awaits, is known to be inside of it. */
export function insideTraining<T>(run: OpenRun, train: () => T): T {
  return contexts.run({ run, outer: contexts.getStore() }, train);
}

/** Whether this is a callback of a training on `run`, which waits for the callback. */
export function isInsideTrainingOf(run: OpenRun): boolean {
  for (let context = contexts.getStore(); context; context = context.outer) if (context.run === run) return true;
  return false;
}
