import { setTimeout } from "node:timers";
import { onTraining } from "../../autolog";
import { globalSlot } from "../../core";
import { currentRuntime, type DisplayMode, displayModeOfEnvironment } from "../../runtime";
import type { LiveView } from "./frame-painter";
import { LiveDisplay } from "./live-display";

/** Where the parts of the live display come from. */
export interface InstallOptions {
  /** @default require */
  readonly loadView?: () => LiveView;
}

const installed = globalSlot("live-display", () => ({ uninstall: undefined as (() => void) | undefined }));

/**
 * Shows every training from now on, in the way `mode` says (default: `TRACKBOOK_DISPLAY`, else `auto`); a display installed before
 * is taken off. Returns what takes this one off. Where nobody can look, nothing is installed.
 */
export function installLiveDisplay(
  mode: DisplayMode = displayModeOfEnvironment() ?? "auto",
  { loadView = requireView }: InstallOptions = {},
): () => void {
  installed.uninstall?.();
  const runtime = currentRuntime();
  if (mode === "none" || !runtime.isInteractive) return () => {};
  const display = new LiveDisplay({ runtime, isMinimal: mode === "minimal", loadView, edge: PROCESS });
  const stopListening = onTraining((event) => display.take(event));
  const stopWatching = runtime.onCellEnd?.(() => display.flush());
  const uninstall = () => {
    display.flush();
    stopListening();
    stopWatching?.();
    if (installed.uninstall === uninstall) installed.uninstall = undefined;
  };
  installed.uninstall = uninstall;
  return uninstall;
}

const PROCESS = {
  clock: () => performance.now(),
  schedule: (callback: () => void, delay: number) => void setTimeout(callback, delay).unref(),
};

/** Loaded by the first training and not by `import "trackbook"`, and at once: it may block the event loop to its end. */
const requireView = (): LiveView => require("../../view") as LiveView;
