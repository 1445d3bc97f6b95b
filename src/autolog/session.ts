import { globalSlot, isTesting, warnOnce } from "../core";

const state = globalSlot("session", () => ({ depth: 0 }));

/** True inside of a training or of autolog's own work: what trains there is part of something bigger. */
export const isNested = (): boolean => state.depth > 0;

/** Runs `fn`, the trainings inside of it not being recorded. */
export function nested<T>(fn: () => T): T {
  state.depth += 1;
  try {
    return fn();
  } finally {
    state.depth -= 1;
  }
}

/**
 * Runs a piece of autolog's own work. A fault in it never reaches the user's program: it is one warning per cause, told to `report` too, and
 * a throw under TRACKBOOK_TESTING=1.
 */
export function guarded<T>(what: string, fn: () => T, report?: (warning: string) => void): T | undefined {
  try {
    return nested(fn);
  } catch (error) {
    swallow(what, error, report);
    return undefined;
  }
}

/** The same for a fault that was caught elsewhere. */
export function swallow(what: string, error: unknown, report?: (warning: string) => void): void {
  const warning = `${what} failed, the training itself is not affected: ${error instanceof Error ? error.message : String(error)}`;
  warnOnce(`autolog:${what}`, warning);
  try {
    report?.(warning);
  } catch {
    // The report itself goes to the store, whose trouble is told by the recorder.
  }
  if (isTesting()) throw error;
}
