import type { View } from "../rendered";
import type { DatasetLine } from "./description";
import { datasetLineFragment } from "./html";
import { datasetLineText } from "./text";

export type { DatasetLine } from "./description";

/** A data set in one line. */
export const datasetLineView: View<DatasetLine> = { text: datasetLineText, fragment: datasetLineFragment };
