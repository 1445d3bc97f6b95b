import { clip } from "../escape";
import { formatPlural } from "../format";
import { type Markup, markup, withinBytes } from "../markup";
import { breakable, figureCell, overflow } from "../pieces";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import type { MetricChart } from "./description";
import { MOST_CURVES, type PlotPaint, plot, swatch } from "./plot";
import { axisWords, chartDescription, type SeriesSummary, seriesSummaries } from "./summaries";

/** Paint that follows the page's theme. */
export const PAGE_PAINT: PlotPaint = { ink: "var(--mut,#666)", line: "var(--line,#ddd)" };

const HEIGHT = 200;
const SHOWN_RUNS = 10;
const REST_BYTES = 12_000;

/** The HTML form of a metric chart. */
export function metricChartFragment(chart: MetricChart, { isPage = false }: ViewOptions): Markup {
  const summaries = seriesSummaries(chart);
  const picture = plot(chart, clip(chart.key, 200), clip(chartDescription(chart, summaries), 1000), {
    paint: PAGE_PAINT,
    height: HEIGHT,
    yTicks: 5,
  });
  const rows = summaries.map((summary, index) => legendRow(summary, index));
  const rest = rows.slice(SHOWN_RUNS);
  return markup`<section class="card"><header>${isPage ? markup`<b class="name">${breakable(chart.key)}</b>` : nameMarkup(chart.key)} <span class="mut clip sub">${axisWords(chart)}</span></header><div class="main">${
    picture === undefined ? markup`<p class="quiet">no values to draw</p>` : markup`<div class="plot">${picture}</div>`
  }${legend(rows.slice(0, SHOWN_RUNS))}${overflow(
    withinBytes(rest, REST_BYTES),
    rest.length,
    (count) => formatPlural(count, "more run"),
    legend,
  )}${rows.length > MOST_CURVES && markup`<p class="mut">curves of the first ${MOST_CURVES} of ${formatPlural(rows.length, "run")}</p>`}</div></section>`;
}

function legend(rows: readonly Markup[]): Markup {
  return markup`<table class="legend"><thead><tr><th scope="col">run</th><th scope="col">last</th><th scope="col">best</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function legendRow({ name, last, best, lastText, bestText, bestStep, isBest }: SeriesSummary, index: number): Markup {
  const at = markup` <span class="mut">@${bestStep}</span>`;
  return markup`<tr><th scope="row" title="${clip(name, 260)}">${swatch(index)} ${clip(name, 120)}</th>${figureCell(lastText, last)}${
    bestText === undefined
      ? markup`<td class="mut">—</td>`
      : figureCell(isBest ? `★ ${bestText}` : bestText, best, isBest ? "best" : "", at)
  }</tr>`;
}
