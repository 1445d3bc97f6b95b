import { createNodeRuntime } from "../node";
import { NOTEBOOK_TEXT } from "../notebook-text";
import type { Runtime } from "../runtime";
import { display } from "./display";
import { denoJupyter } from "./kernel";
import { onInterrupt, onShutdown, onTerminate } from "./lifecycle";

/** The runtime of Deno's kernel, when we are in it. A Deno script is a script like Node's. */
export function detectDeno(): Runtime | undefined {
  if (!denoJupyter()) return undefined;
  return {
    ...createNodeRuntime(),
    name: "deno",
    isNotebook: true,
    isInteractive: true,
    display,
    textStyle: () => NOTEBOOK_TEXT,
    onCellEnd: undefined,
    notebookPath: () => process.env.JPY_SESSION_NAME,
    onInterrupt,
    onTerminate,
    callInterruptibly: (call) => call(),
    letSignalsPass: () => () => {},
    onShutdown,
  };
}
