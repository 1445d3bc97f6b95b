import { AsyncLocalStorage } from "node:async_hooks";
import { globalSlot } from "../../core";
import type { OpenRun } from "./open-run";

/**
 * The run that a piece of asynchronous work is bound to by `startRun(options, fn)`. `run` and `parent` never change; runs that a plain
 * `startRun()` opens inside lie on the frame's own stack.
 */
export interface Frame {
  readonly run: OpenRun;
  readonly parent: Frame | undefined;
  readonly stack: OpenRun[];
}

const state = globalSlot("run-stack", () => ({
  frames: new AsyncLocalStorage<Frame>(),
  /** Explicit runs opened outside any frame, shared by all cells of a notebook. */
  stack: [] as OpenRun[],
  implicit: undefined as OpenRun | undefined,
  last: undefined as OpenRun | undefined,
  /** Every run that this process still has to end. */
  open: new Set<OpenRun>(),
}));

const currentFrame = (): Frame | undefined => state.frames.getStore();

/** Binds everything that `fn` does, now and after its awaits, to `run`; runs opened inside are put on `stack`. */
export function inFrame<T>(run: OpenRun, fn: () => T, stack: OpenRun[] = []): T {
  return state.frames.run({ run, parent: currentFrame(), stack }, fn);
}

/** The explicit run in force here, if it still takes verbs. */
export function explicitRun(): OpenRun | undefined {
  const frame = currentFrame();
  const top = lastOpen(frame?.stack ?? state.stack);
  return top ?? (frame && !frame.run.closed ? frame.run : undefined);
}

/** The run that this context is bound to although it has ended. */
export function endedFrameRun(): OpenRun | undefined {
  const frame = currentFrame();
  return frame?.run.closed && lastOpen(frame.stack) === undefined ? frame.run : undefined;
}

export const implicitRun = (): OpenRun | undefined => state.implicit;

export function setImplicitRun(run: OpenRun | undefined): void {
  state.implicit = run;
}

export function pushRun(run: OpenRun): void {
  (currentFrame()?.stack ?? state.stack).push(run);
}

/** Takes an ended run off whatever holds it. */
export function removeRun(run: OpenRun): void {
  for (const stack of [currentFrame()?.stack, state.stack]) {
    const index = stack?.indexOf(run) ?? -1;
    if (index >= 0) stack?.splice(index, 1);
  }
  if (state.implicit === run) state.implicit = undefined;
}

export function noteOpened(run: OpenRun): void {
  state.open.add(run);
  state.last = run;
}

export const noteEnded = (run: OpenRun): boolean => state.open.delete(run);

export const openRuns = (): Iterable<OpenRun> => [...state.open];

export const lastRun = (): OpenRun | undefined => state.last;

function lastOpen(stack: readonly OpenRun[]): OpenRun | undefined {
  for (let index = stack.length - 1; index >= 0; index--) {
    const run = stack[index] as OpenRun;
    if (!run.closed) return run;
  }
  return undefined;
}
