export { regressionMetrics, type RegressionValues } from "./regression-metrics";
