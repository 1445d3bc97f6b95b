/** How much trainings show of themselves: a card updated in place, one compact card at the end, or nothing. */
export type DisplayMode = "auto" | "minimal" | "none";

const DISPLAY_MODES: readonly DisplayMode[] = ["auto", "minimal", "none"];

/** What `TRACKBOOK_DISPLAY` asks for; `undefined` when it is not set, or set to something else. */
export function displayModeOfEnvironment(): DisplayMode | undefined {
  return DISPLAY_MODES.find((mode) => mode === process.env.TRACKBOOK_DISPLAY?.trim().toLowerCase());
}
