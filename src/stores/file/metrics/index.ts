export { formatPoints, isLater, readPart, readPoints, visitRunLine } from "./metric-file";
export { appendSeries, mendSeries } from "./metric-writer";
export { appendModelMetric, readModelMetrics, requireModelFolder } from "./model-metrics";
