export { type CompareRunsOptions, compareRuns } from "./compare-runs";
/** @internal */
export { installLiveDisplay } from "./live";
export { openUi, type OpenUiOptions, type UiServer } from "./open-ui";
export type { RunSelection } from "./run-selection";
export { type ShowMetricOptions, showMetric } from "./show-metric";
export { showRun } from "./show-run";
export { type ShowRunsOptions, showRuns } from "./show-runs";
export type { Shown } from "./shown";
