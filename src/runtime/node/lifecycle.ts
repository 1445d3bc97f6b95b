import type { EndingListener } from "../runtime";
import { hookBeforeExit, hookSignal, type SignalPolicy } from "../signals";

const FATAL: SignalPolicy = { hostListeners: 0, isFatal: true, isDeferred: false };

/** Ctrl-C. */
export const onInterrupt = (listener: EndingListener): (() => void) => hookSignal("SIGINT", FATAL, listener);

/** What `kill` sends, and the end of the terminal. */
const TERMINATIONS = ["SIGTERM", "SIGHUP"] as const;

export function onTerminate(listener: EndingListener): () => void {
  const unhooks = TERMINATIONS.map((signal) => hookSignal(signal, FATAL, listener));
  return () => {
    for (const unhook of unhooks) unhook();
  };
}

/** Not emitted by `process.exit()` or after an uncaught exception: `process.on("exit")` is. */
export const onShutdown = hookBeforeExit;

/** The very end, however it came about; nothing asynchronous happens any more. */
export function onExit(listener: () => void): () => void {
  process.on("exit", listener);
  return () => void process.off("exit", listener);
}
