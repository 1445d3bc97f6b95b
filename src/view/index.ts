export * from "./confusion-matrix";
export * from "./dataset-line";
export * from "./describe";
export { escapeMarkup, singleLine, stripControls } from "./escape";
export * from "./experiment-list";
export * from "./format";
export { downsample, type HistoryPoint, type HistorySummary, summarizeHistory } from "./history";
export { Markup, type MarkupValue, markup } from "./markup";
export { type ChartSeries, type MetricChart, metricChartView } from "./metric-chart";
export { directionOf, isBetter, type MetricDirection } from "./metric-direction";
export { type ModelCard, modelCardView, type ModelList, modelListView } from "./model-card";
export {
  type ModelVersionCard,
  type ModelVersionList,
  modelVersionListView,
  modelVersionView,
} from "./model-version";
export * from "./registered-model";
export { outputHtml, render, type Rendered, renderHtml, type View, type ViewOptions } from "./rendered";
export * from "./run-card";
export * from "./run-comparison";
export type { RunLink } from "./run-link";
export * from "./run-table";
export type { RunValues } from "./run-columns";
export { type StatusSign, statusSign, type Tone } from "./status";
export { stylesheet } from "./stylesheet";
export {
  displayWidth,
  padToWidth,
  type TextCell,
  type TextColumn,
  type TextStyle,
  textStyle,
  type TextTable,
  textTable,
  truncateMiddle,
  truncateToWidth,
  wrapText,
} from "./text";
export * as tokens from "./tokens";
