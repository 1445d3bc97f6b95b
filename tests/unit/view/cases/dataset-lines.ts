import type { DatasetLine } from "../../../../src/view";

/** Every case of the dataset line. */
export const datasetLines: Readonly<Record<string, DatasetLine>> = {
  full: {
    name: "penguins",
    digest: "1a2b3c4d",
    rowCount: 333,
    columnCount: 4,
    context: "train",
    source: "vega-datasets",
  },
  bare: { name: "dataset" },
  hostile: { name: "<img onerror>", digest: "<d>", context: "<c>", source: "<s>\u001b[1m" },
};
