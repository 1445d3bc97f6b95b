import type { View } from "../rendered";
import type { MetricChart } from "./description";
import { metricChartFragment } from "./html";
import { metricChartSvg } from "./svg";
import { metricChartText } from "./text";

export type { ChartSeries, MetricChart } from "./description";
export { PAGE_PAINT } from "./html";
export { plot, swatch } from "./plot";

/** One metric's histories in several runs. */
export const metricChartView: View<MetricChart> = {
  text: metricChartText,
  fragment: metricChartFragment,
  svg: metricChartSvg,
};
