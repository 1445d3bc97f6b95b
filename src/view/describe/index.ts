export type { MetricHistories } from "./histories";
export { describeMetric, type RunWithHistory } from "./metric-chart";
export { describeRun, type RunSurroundings } from "./run-card";
export { describeComparison, type RunWithHistories } from "./run-comparison";
export { describeRuns } from "./run-table";
