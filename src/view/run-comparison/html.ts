import { clip } from "../escape";
import { formatDuration, formatPlural } from "../format";
import { countWords } from "../list-part";
import { joined, type Markup, type MarkupValue, markup, withinBytes } from "../markup";
import { type MetricChart, PAGE_PAINT, plot, swatch } from "../metric-chart";
import { figureCell, overflow } from "../pieces";
import type { ViewOptions } from "../rendered";
import { idMarkup, nameMarkup } from "../run-link";
import { statusMarkup } from "../status";
import type { ComparedRun, RunComparison } from "./description";
import { type ComparedRow, comparedCharts, comparedRows } from "./rows";

const SHOWN_RUNS = 8;
const SHOWN_CHARTS = 4;
const CHART_HEIGHT = 110;
const SHOWN_BYTES = 14_000;
const EQUAL_BYTES = 6_000;

/** The HTML form of a comparison. */
export function runComparisonFragment(comparison: RunComparison, { isPage = false }: ViewOptions): Markup {
  const all = comparison.runs;
  const shown = { ...comparison, runs: isPage ? all : all.slice(0, SHOWN_RUNS) };
  const left = all.length - shown.runs.length;
  const head = markup`<header>${nameMarkup(comparison.title ?? "comparison")} <span class="mut clip sub">${joined(
    [countWords(all.length, all.length, comparison, "run"), left > 0 && `the first ${SHOWN_RUNS} shown`],
    ", ",
  )}</span></header>`;
  if (all.length === 0) {
    return markup`<section class="card">${head}<p class="note quiet">No runs to compare.</p></section>`;
  }
  const rows = comparedRows(shown);
  const lines = [...rows.metrics, ...rows.params].map(bodyRow);
  const kept = withinBytes(lines, isPage ? Number.POSITIVE_INFINITY : SHOWN_BYTES);
  const equal = rows.equal.map(bodyRow);
  return markup`<section class="card">${head}<div class="main"><table>${headRow(shown.runs)}<tbody>${factRows(shown.runs)}${kept}</tbody></table>${
    kept.length < lines.length && markup`<p class="mut">and ${formatPlural(lines.length - kept.length, "more row")}</p>`
  }${overflow(
    withinBytes(equal, isPage ? Number.POSITIVE_INFINITY : EQUAL_BYTES),
    equal.length,
    (count) => `+ ${formatPlural(count, "equal row")}`,
    (items) => markup`<table>${headRow(shown.runs)}<tbody>${items}</tbody></table>`,
  )}</div>${charts(shown)}</section>`;
}

function headRow(runs: readonly ComparedRun[]): Markup {
  const cells = runs.map(
    ({ name, href, runId }, index) =>
      markup`<th scope="col">${swatch(index)} ${nameMarkup(clip(name, 40), href, `${name} · ${runId}`)}</th>`,
  );
  return markup`<thead><tr><th scope="col"><span class="hide">what</span></th>${cells}</tr></thead>`;
}

function factRows(runs: readonly ComparedRun[]): Markup {
  const row = (name: string, cell: (run: ComparedRun) => MarkupValue): Markup =>
    markup`<tr><th scope="row" class="mut">${name}</th>${runs.map((run) => markup`<td>${cell(run)}</td>`)}</tr>`;
  const withEstimator = runs.some(({ estimator }) => estimator !== undefined);
  const withDuration = runs.some(({ durationMs }) => durationMs !== undefined);
  return markup`${row("id", ({ runId }) => idMarkup(runId))}${row("state", ({ status }) => statusMarkup(status))}${
    withEstimator && row("estimator", ({ estimator }) => clip(estimator ?? "—", 60))
  }${withDuration && row("took", ({ durationMs }) => (durationMs === undefined ? "—" : formatDuration(durationMs)))}`;
}

function bodyRow({ key, texts, values, best, isMarked }: ComparedRow): Markup {
  const cells = texts.map((text, index) => {
    if (text === undefined) {
      return markup`<td class="mut">—</td>`;
    }
    const value = values[index];
    if (typeof value === "string") {
      const isWhole = text === value && value.length <= 16;
      return markup`<td${!isWhole && markup` title="${clip(value, 500)}"`}>${clip(text, 40)}</td>`;
    }
    const isBest = best.has(index);
    return figureCell(isBest ? `★ ${text}` : text, value, isBest ? "best" : "");
  });
  return markup`<tr${isMarked && markup` class="diff"`}><th scope="row" title="${clip(key, 260)}">${clip(key, 80)}</th>${cells}</tr>`;
}

function charts(comparison: RunComparison): MarkupValue {
  const all = comparedCharts(comparison);
  const shown = all.slice(0, SHOWN_CHARTS);
  const pictures = shown.map((chart) => smallChart(chart, 1 / shown.length));
  const left = all.length - shown.length;
  return (
    shown.length > 0 &&
    markup`<div class="charts">${pictures}</div>${left > 0 && markup`<p class="note quiet">${formatPlural(left, "more curve")}: <code>showMetric(…)</code></p>`}`
  );
}

function smallChart(chart: MetricChart, share: number): MarkupValue {
  const names = chart.series.map(({ name }) => name).join(", ");
  const picture = plot(chart, clip(chart.key, 200), clip(`${chart.key} of ${names}`, 600), {
    paint: PAGE_PAINT,
    height: CHART_HEIGHT,
    yTicks: 3,
    share,
  });
  return (
    picture !== undefined &&
    markup`<div class="main"><p>${clip(chart.key, 80)}</p><div class="plot">${picture}</div></div>`
  );
}
