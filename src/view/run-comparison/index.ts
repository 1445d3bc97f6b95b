import type { View } from "../rendered";
import type { RunComparison } from "./description";
import { runComparisonFragment } from "./html";
import { runComparisonText } from "./text";

export type { ComparedRun, RunComparison } from "./description";

/** Runs side by side: a column each, a row for each param and metric. */
export const runComparisonView: View<RunComparison> = { text: runComparisonText, fragment: runComparisonFragment };
