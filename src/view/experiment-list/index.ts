import type { View } from "../rendered";
import type { ExperimentList } from "./description";
import { experimentListFragment } from "./html";
import { experimentListText } from "./text";

export type { ExperimentList, ExperimentRow } from "./description";

/** Experiments below each other. */
export const experimentListView: View<ExperimentList> = { text: experimentListText, fragment: experimentListFragment };
