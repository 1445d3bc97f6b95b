import type { EndingListener } from "../runtime";
import { hookBeforeExit, hookSignal } from "../signals";

/**
 * Jupyter's interrupt, and the first signal of each shutdown. The kernel listens itself and lives on. A listener added while
 * a cell runs would leave the process without any: Node restores the signal's default action when the cell's `vm` run ends.
 */
export const onInterrupt = (listener: EndingListener): (() => void) =>
  hookSignal("SIGINT", { hostListeners: 1, isFatal: false, isDeferred: true }, listener);

/** Sent 2.5 s after a shutdown was asked for, when something still keeps the kernel busy. */
export const onTerminate = (listener: EndingListener): (() => void) =>
  hookSignal("SIGTERM", { hostListeners: 0, isFatal: true, isDeferred: false }, listener);

/** The kernel closes its sockets and lets the event loop run empty: no other event tells of a shutdown or restart. */
export const onShutdown = hookBeforeExit;
