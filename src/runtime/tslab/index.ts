import { NOTEBOOK_TEXT } from "../notebook-text";
import type { Runtime } from "../runtime";
import { currentCell, onCellEnd, replaceInCells, watchExecutionCount } from "./cells";
import { display } from "./display";
import { tslabGlobal } from "./kernel";
import { onInterrupt, onShutdown, onTerminate } from "./lifecycle";

/** The runtime of a tslab kernel, when we are in one. */
export function detectTslab(): Runtime | undefined {
  const tslab = tslabGlobal();
  if (!tslab) return undefined;
  watchExecutionCount();
  return {
    name: "tslab",
    isNotebook: true,
    isInteractive: true,
    display,
    textStyle: () => NOTEBOOK_TEXT,
    currentCell,
    onCellEnd,
    notebookPath: () => process.env.JPY_SESSION_NAME,
    requireFromUser: (specifier) => tslab.require(specifier),
    replaceInCells,
    onInterrupt,
    onTerminate,
    callInterruptibly: (call) => call(),
    letSignalsPass: () => () => {},
    onShutdown,
  };
}
