import { globalSlot } from "../core";
import type { EndingListener } from "./runtime";

/** How the host of our code treats a signal. */
export interface SignalPolicy {
  /** How many listeners of the signal are the host's own and not the user's. */
  readonly hostListeners: number;
  /** Whether the process then dies of the signal, as it would have without us. */
  readonly isFatal: boolean;
  /** Whether listeners may come and go only when the event loop turns. */
  readonly isDeferred: boolean;
}

/** How long what the first signal began is still given when a second one comes. */
const PATIENCE_MS = 1000;

interface SignalHook {
  readonly listeners: Set<EndingListener>;
  /** Makes the process listen, or no longer, as there are listeners or none. */
  readonly settle: () => void;
  /** Calls the listeners and has the process die of the signal before anything else happens. */
  readonly dieNow: () => void;
}

const hooks = globalSlot("signal-hooks", () => new Map<NodeJS.Signals, SignalHook>());
const unheard = globalSlot("unheard-signals", () => ({ depth: 0 }));

/** Calls `listener` when `signal` comes and the user does not listen to it; returns what takes it off again. */
export function hookSignal(signal: NodeJS.Signals, policy: SignalPolicy, listener: EndingListener): () => void {
  const hook = hooks.get(signal) ?? createHook(signal, policy);
  hooks.set(signal, hook);
  hook.listeners.add(listener);
  hook.settle();
  return () => {
    hook.listeners.delete(listener);
    hook.settle();
  };
}

/**
 * For while the event loop is held and no listener can be called: signals have their own effect again, unless the user listens to them.
 * Returns what has ours hear again.
 */
export function letSignalsPass(): () => void {
  unheard.depth += 1;
  settleAll();
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    unheard.depth -= 1;
    settleAll();
  };
}

/** What a signal does that has been noticed by other means than a listener. */
export const dieOf = (signal: NodeJS.Signals): void => hooks.get(signal)?.dieNow();

function settleAll(): void {
  for (const { settle } of hooks.values()) settle();
}

/** Calls `listener` each time the event loop has run empty; returns what takes it off again. */
export function hookBeforeExit(listener: EndingListener): () => void {
  const handle = () => void callAll([listener]);
  process.on("beforeExit", handle);
  return () => void process.off("beforeExit", handle);
}

function createHook(signal: NodeJS.Signals, policy: SignalPolicy): SignalHook {
  const listeners = new Set<EndingListener>();
  const die = () => {
    process.off(signal, handle);
    process.kill(process.pid, signal);
  };
  let isDying = false;
  const handle = () => {
    // Listens until the very end: a second Ctrl-C must not end the process in the midst of what it is writing.
    if (isDying) return void setTimeout(die, PATIENCE_MS);
    if (process.listenerCount(signal) > policy.hostListeners + 1) return;
    isDying = policy.isFatal;
    const called = callAll(listeners);
    if (policy.isFatal) void called.then(die);
  };
  const settle = () => {
    process.off(signal, handle);
    // In front, so that a user's `once` listener is still counted when ours runs.
    if (listeners.size > 0 && unheard.depth === 0) process.prependListener(signal, handle);
  };
  const dieNow = () => {
    isDying = true;
    // A second Ctrl-C is heard, and comes too late.
    process.prependListener(signal, handle);
    void callAll(listeners);
    die();
  };
  return { listeners, settle: policy.isDeferred ? () => void setImmediate(settle) : settle, dieNow };
}

const callAll = (listeners: Iterable<EndingListener>): Promise<unknown> =>
  Promise.allSettled(Array.from(listeners, async (listener) => listener()));
