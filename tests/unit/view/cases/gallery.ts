import {
  confusionMatrixView,
  datasetLineView,
  experimentListView,
  metricChartView,
  modelCardView,
  modelListView,
  modelVersionListView,
  modelVersionView,
  registeredModelListView,
  registeredModelView,
  type Rendered,
  render,
  runCardView,
  runComparisonView,
  runTableView,
  type View,
} from "../../../../src/view";
import { confusionMatrices } from "./confusion-matrices";
import { datasetLines } from "./dataset-lines";
import { experimentLists } from "./experiment-lists";
import { metricCharts } from "./metric-charts";
import { modelCards, modelLists } from "./model-cards";
import { modelVersionCards, modelVersionLists, registeredModelCards, registeredModelLists } from "./registered-models";
import { runCards } from "./run-cards";
import { runComparisons } from "./run-comparisons";
import { runTables } from "./run-tables";

/** A case in all its forms. */
export interface GalleryCase extends Rendered {
  readonly name: string;
}

/** Every case of every view, rendered. */
export function galleryCases(now: number): readonly GalleryCase[] {
  const all = <D>(kind: string, view: View<D>, cases: Readonly<Record<string, D>>): GalleryCase[] =>
    Object.entries(cases).map(([name, description]) => ({
      name: `${kind}-${name}`,
      ...render(view, description, { now }),
    }));
  return [
    ...all("run-card", runCardView, runCards),
    ...all("run-table", runTableView, runTables),
    ...all("run-comparison", runComparisonView, runComparisons),
    ...all("metric-chart", metricChartView, metricCharts),
    ...all("confusion-matrix", confusionMatrixView, confusionMatrices),
    ...all("model-card", modelCardView, modelCards),
    ...all("model-list", modelListView, modelLists),
    ...all("model-version", modelVersionView, modelVersionCards),
    ...all("model-version-list", modelVersionListView, modelVersionLists),
    ...all("registered-model", registeredModelView, registeredModelCards),
    ...all("registered-model-list", registeredModelListView, registeredModelLists),
    ...all("experiment-list", experimentListView, experimentLists),
    ...all("dataset-line", datasetLineView, datasetLines),
  ];
}
