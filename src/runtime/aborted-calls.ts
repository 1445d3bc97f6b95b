import { globalSlot } from "../core";

const state = globalSlot("aborted-calls", () => ({
  /** By the calls that have begun and not come back, the outermost first. */
  listeners: new Set<() => void>(),
  isWatched: false,
}));

/**
 * Calls `listener` when the call that is under way neither returns nor throws; to be told of its coming back by calling the function returned.
 * An interrupt of a notebook cell that blocks the event loop is not an exception: V8 takes the whole stack down, and neither
 * `catch` nor `finally` runs. It is noticed right after, since no synchronous call lives to see a microtask.
 */
export function whenAborted(listener: () => void): () => void {
  state.listeners.add(listener);
  if (!state.isWatched) {
    void Promise.resolve().then(tellAborted);
    state.isWatched = true;
  }
  return () => void state.listeners.delete(listener);
}

/** The innermost first, as they would have come back. */
function tellAborted(): void {
  state.isWatched = false;
  const aborted = [...state.listeners].reverse();
  state.listeners.clear();
  for (const listener of aborted) listener();
}
