import { nearest } from "./did-you-mean";
import { globalSlot } from "./global-state";
import { warnOnce } from "./warnings";

/**
 * What trackbook does with what it is told: keep it in the tracking store; keep it in a spool until `trackbook sync`; or check it and keep
 * nothing.
 */
export type Mode = "online" | "offline" | "disabled";

const MODES: readonly Mode[] = ["online", "offline", "disabled"];

const state = globalSlot("mode", () => ({ isIgnored: false }));

/** What `TRACKBOOK_MODE` asks for, and what is to be said of it. */
export function readMode(text = process.env.TRACKBOOK_MODE): { readonly mode: Mode; readonly trouble?: string } {
  const given = text?.trim().toLowerCase() ?? "";
  const mode = given === "" ? "online" : MODES.find((one) => one === given);
  if (mode) return { mode };
  const meant = nearest(given, MODES);
  const question = meant ? `, did you mean "${meant}"?` : ` (${MODES.join(", ")}).`;
  return { mode: "online", trouble: `TRACKBOOK_MODE=${text} is no mode${question} Runs are recorded` };
}

/** The mode that `TRACKBOOK_MODE` asks for. What is no mode is said once, and means `online`. */
function modeOfEnvironment(): Mode {
  if (state.isIgnored) return "online";
  const { mode, trouble } = readMode();
  if (trouble !== undefined) warnOnce("TRACKBOOK_MODE", trouble);
  return mode;
}

/** How the artifact locations begin of what is kept nowhere. */
export const NOWHERE = "nowhere:/";

/** True when every verb checks what it is given, and nothing is kept. */
export const isDisabled = (): boolean => modeOfEnvironment() === "disabled";

/** True when nothing is sent: what is recorded waits in the spool for `trackbook sync`. */
export const isOffline = (): boolean => modeOfEnvironment() === "offline";

/** To the command line the mode is no matter: who asks for a listing means it. */
export function ignoreMode(): void {
  state.isIgnored = true;
}
