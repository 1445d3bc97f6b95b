import type { EndingListener } from "../runtime";
import { hookBeforeExit, hookSignal } from "../signals";

/** Jupyter's interrupt. The kernel lives on. */
export const onInterrupt = (listener: EndingListener): (() => void) =>
  hookSignal("SIGINT", { hostListeners: 0, isFatal: false, isDeferred: false }, listener);

export const onTerminate = (listener: EndingListener): (() => void) =>
  hookSignal("SIGTERM", { hostListeners: 0, isFatal: true, isDeferred: false }, listener);

/** Deno's kernel ends without telling anybody: this is heard only by code that Deno runs outside of it. */
export const onShutdown = hookBeforeExit;
