import type { EndingListener } from "../runtime";
import { hookBeforeExit, hookSignal, type SignalPolicy } from "../signals";

const FATAL: SignalPolicy = { hostListeners: 0, isFatal: true, isDeferred: false };

/** Ctrl-C. */
export const onInterrupt = (listener: EndingListener): (() => void) => hookSignal("SIGINT", FATAL, listener);

export const onTerminate = (listener: EndingListener): (() => void) => hookSignal("SIGTERM", FATAL, listener);

/** Not emitted by `process.exit()` or after an uncaught exception: `process.on("exit")` is. */
export const onShutdown = hookBeforeExit;

/** The very end, however it came about; nothing asynchronous happens any more. */
export function onExit(listener: () => void): () => void {
  process.on("exit", listener);
  return () => void process.off("exit", listener);
}
