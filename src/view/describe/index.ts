export { describeDataset } from "./dataset";
export { describeExperiments } from "./experiments";
export type { MetricHistories } from "./histories";
export { describeMetric, type RunWithHistory } from "./metric-chart";
export { describeModel } from "./model";
export {
  describeModelVersion,
  describeModelVersions,
  describeRegisteredModel,
  describeRegisteredModels,
} from "./registry";
export { describeRun, type RunSurroundings } from "./run-card";
export { describeComparison, type RunWithHistories } from "./run-comparison";
export { describeRuns } from "./run-table";
