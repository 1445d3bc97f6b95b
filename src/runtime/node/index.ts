import type { Runtime } from "../runtime";
import { letSignalsPass } from "../signals";
import { display, textStyle } from "./display";
import { callInterruptibly } from "./interruptible-call";
import { onExit, onInterrupt, onShutdown, onTerminate } from "./lifecycle";
import { requireFromUser } from "./packages";

/** The runtime of a script: Node's, and that of anything else that behaves like Node. */
export function createNodeRuntime(): Runtime {
  return {
    name: "node",
    isNotebook: false,
    isInteractive: process.stderr.isTTY === true,
    display,
    textStyle,
    currentCell: () => undefined,
    onCellEnd: onExit,
    notebookPath: () => undefined,
    requireFromUser,
    replaceInCells: () => 0,
    onInterrupt,
    onTerminate,
    callInterruptibly,
    letSignalsPass,
    onShutdown,
  };
}
