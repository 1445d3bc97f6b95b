import type { View } from "../rendered";
import type { RunCard } from "./description";
import { runCardFragment } from "./html";
import { runCardText } from "./text";

export { CARD_CURVES } from "./html";
export type { CardMetric, CardNote, CardProgress, RunCard } from "./description";

/** A run as a card. */
export const runCardView: View<RunCard> = { text: runCardText, fragment: runCardFragment };
