import { Script } from "node:vm";
import { isMainThread } from "node:worker_threads";
import { dieOf, letSignalsPass } from "../signals";

const CALL = Symbol.for("trackbook.interruptible-call");
const place = globalThis as { [CALL]?: () => unknown };

let script: Script | undefined;
let inMainContext: boolean | undefined;

/**
 * Calls what may hold the event loop for long. A signal that comes meanwhile ends the process as if nobody listened; SIGINT, which V8
 * can be told to stop for, after our listeners were called.
 */
export function callInterruptibly<T>(call: () => T): T {
  const hearAgain = letSignalsPass();
  try {
    return canBeStopped() ? stoppedBySigint(call) : call();
  } finally {
    hearAgain();
  }
}

/** Not in a thread, and not in a context of its own, which some test runners give each file: `vm` would run another's code. */
const canBeStopped = (): boolean =>
  isMainThread && place[CALL] === undefined && process.listenerCount("SIGINT") === 0 && isMainContext();

function isMainContext(): boolean {
  inMainContext ??= new Script("globalThis").runInThisContext() === globalThis;
  return inMainContext;
}

/** Only code that `vm` runs is stopped by SIGINT, however deep it is in calls. */
function stoppedBySigint<T>(call: () => T): T {
  script ??= new Script(`globalThis[Symbol.for(${JSON.stringify(CALL.description)})]()`, { filename: "trackbook" });
  place[CALL] = call;
  try {
    return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T;
  } catch (error) {
    if ((error as { code?: unknown } | null | undefined)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") dieOf("SIGINT");
    throw error;
  } finally {
    delete place[CALL];
    listenAnew();
  }
}

/** Node takes SIGINT back at the end of such a run, also from who began to listen meanwhile. */
function listenAnew(): void {
  const listeners = process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
  if (listeners.length === 0) return;
  process.removeAllListeners("SIGINT");
  for (const listener of listeners) process.on("SIGINT", listener);
}
