import type { View } from "../rendered";
import type { RunTable } from "./description";
import { runTableFragment } from "./html";
import { runTableText } from "./text";

export type { RunTable, RunTableRow } from "./description";

/** Runs below each other, with what differs between them. */
export const runTableView: View<RunTable> = { text: runTableText, fragment: runTableFragment };
