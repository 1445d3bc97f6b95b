import { clip } from "../escape";
import { markup } from "../markup";
import type { ViewOptions } from "../rendered";
import { light, type } from "../tokens";
import type { MetricChart } from "./description";
import { MOST_CURVES, plot, seriesColour } from "./plot";
import { axisWords, chartDescription, seriesSummaries } from "./summaries";

const WIDTH = 720;
const PLOT = { left: 64, top: 44, width: 632, height: 280 } as const;
const LEGEND_LINE = 18;

/** The picture of a metric chart, standing alone on white. */
export function metricChartSvg(chart: MetricChart, _options: ViewOptions): string {
  const summaries = seriesSummaries(chart);
  const title = clip(chart.key, 200);
  const description = clip(chartDescription(chart, summaries), 1000);
  const legendTop = PLOT.top + PLOT.height + 46;
  const shown = summaries.slice(0, MOST_CURVES);
  const left = summaries.length - shown.length;
  const height = legendTop + (shown.length + (left > 0 ? 1 : 0)) * LEGEND_LINE;
  const picture = plot(chart, title, description, {
    paint: { ink: light.muted, line: light.line },
    height: PLOT.height,
    yTicks: 5,
  });
  const lines = shown.map(({ name, lastText, bestText, bestStep, isBest }, index) => {
    const y = legendTop + index * LEGEND_LINE;
    const best = bestText === undefined ? "" : ` · best ${isBest ? "★ " : ""}${bestText} @${bestStep}`;
    return markup`<path d="M${PLOT.left} ${y - 4}h14" stroke="${seriesColour(index)}" stroke-width="2.5" stroke-linecap="round"/><text x="${PLOT.left + 22}" y="${y}">${clip(name, 60)} <tspan fill="${light.muted}">last ${lastText}${best}</tspan></text>`;
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${type.family}" font-size="12" fill="${light.ink}"><title>${title}</title><desc>${description}</desc><rect width="${WIDTH}" height="${height}" fill="${light.surface}"/><text x="${PLOT.left}" y="24" font-size="14" font-weight="600">${clip(title, 80)} <tspan font-weight="400" font-size="12" fill="${light.muted}">${axisWords(chart)}</tspan></text><svg x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.width}" height="${PLOT.height}" overflow="visible">${
    picture ?? markup`<text y="20" fill="${light.muted}">no values to draw</text>`
  }</svg>${lines}${left > 0 && markup`<text x="${PLOT.left}" y="${legendTop + shown.length * LEGEND_LINE}" fill="${light.muted}">and ${left} more</text>`}</svg>`.toString();
}
