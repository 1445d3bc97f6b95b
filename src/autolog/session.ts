import { globalSlot, isTesting, warnOnce } from "../core";
import { whenAborted } from "../runtime";
import { isSilent } from "./options";

const state = globalSlot("session", () => ({ depth: 0 }));

/** True inside of a training or of autolog's own work: what trains there is part of something bigger. */
export const isNested = (): boolean => state.depth > 0;

/** Runs `fn`, the trainings inside of it not being recorded. */
export function nested<T>(fn: () => T): T {
  if (state.depth > 0) return deeper(fn);
  const cameBack = whenAborted(() => {
    state.depth = 0;
  });
  try {
    return deeper(fn);
  } finally {
    cameBack();
  }
}

function deeper<T>(fn: () => T): T {
  state.depth += 1;
  try {
    return fn();
  } finally {
    state.depth -= 1;
  }
}

/** Who else is to know of a fault. */
export interface FaultReport {
  /** Whether the warning is kept from stderr. @default what autolog's common options say */
  readonly silent?: boolean;
  /** Notes the warning on the run. */
  readonly note?: (warning: string) => void;
}

/**
 * Runs a piece of autolog's own work. A fault in it never reaches the user's program: it is one warning per cause, noted on the run too, and
 * a throw under TRACKBOOK_TESTING=1.
 */
export function guarded<T>(what: string, fn: () => T, report?: FaultReport): T | undefined {
  try {
    return nested(fn);
  } catch (error) {
    swallow(what, error, report);
    return undefined;
  }
}

/** The same for a fault that was caught elsewhere. */
export function swallow(what: string, error: unknown, { silent = isSilent(), note }: FaultReport = {}): void {
  const warning = `${what} failed, the training itself is not affected: ${error instanceof Error ? error.message : String(error)}`;
  if (!silent) warnOnce(`autolog:${what}`, warning);
  try {
    note?.(warning);
  } catch {
    // The note itself goes to the store, whose trouble is told by the recorder.
  }
  if (isTesting()) throw error;
}
