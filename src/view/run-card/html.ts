import { clip } from "../escape";
import { formatPlural } from "../format";
import { joined, type Markup, type MarkupValue, markup, withinBytes } from "../markup";
import { modelFacts } from "../model-card/facts";
import { fact, figureCell, overflow } from "../pieces";
import { progressShare, progressWords } from "../progress";
import type { ViewOptions } from "../rendered";
import { idMarkup, linkMarkup, nameMarkup } from "../run-link";
import { sparkline } from "../sparkline";
import { statusMarkup } from "../status";
import type { CardNote, RunCard } from "./description";
import { hasCurves, type MetricRow, metricRows } from "./metrics";

const SHOWN_METRICS = 8;
const SHOWN_PARAMS = 8;
const SHOWN_FILES = 6;
const OVERFLOW_BYTES = { metrics: 10_000, params: 14_000, files: 2_000 } as const;
const VALUE_LENGTH = 120;

/** The HTML form of a run card. */
export function runCardFragment(card: RunCard, _options: ViewOptions): Markup {
  const main = metricsTable(card);
  const side = paramsList(card, Math.max(SHOWN_PARAMS, Math.round(Math.min(card.metrics.length, SHOWN_METRICS) * 1.5)));
  return markup`<section class="card">${header(card)}${progressBar(card)}${
    (main !== undefined || side !== undefined) &&
    markup`<div class="${main === undefined || side === undefined ? "one" : "body"}">${main}${side}</div>`
  }${card.notes?.map(note)}${failure(card)}${facts(card)}${footer(card)}</section>`;
}

function header(card: RunCard): Markup {
  const sub = joined(
    [clip(card.estimator ?? "", 100), card.experiment !== undefined && markup`experiment <b>${clip(card.experiment, 100)}</b>`],
    " · ",
  );
  return markup`<header>${statusMarkup(card.status, card.activity)} ${nameMarkup(card.name, card.link?.href)} <span class="mut clip sub">${sub}</span><span class="grow"></span> ${idMarkup(card.runId)}</header>`;
}

function progressBar({ progress, status }: RunCard): MarkupValue {
  const share = progressShare(progress);
  if (share === undefined || (status === "FINISHED" && share === 1)) {
    return undefined;
  }
  const percent = Math.round(share * 1000) / 10;
  const label = progressWords({ progress })[0];
  return markup`<div class="bar ${status === "RUNNING" ? "" : status === "FAILED" ? "bad" : "quiet"}" role="progressbar" aria-label="${label}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}"><i style="width:${percent}%"></i></div>`;
}

function metricsTable(card: RunCard): Markup | undefined {
  if (card.metrics.length === 0) {
    return undefined;
  }
  const rows = metricRows(card.metrics);
  const withCurves = hasCurves(card.metrics);
  const shown = rows.slice(0, SHOWN_METRICS);
  const rest = rows.slice(SHOWN_METRICS).map((row) => metricRow(row, false, withCurves));
  const body = (cells: readonly Markup[]): Markup =>
    markup`<table class="metrics">${metricsHead(withCurves)}<tbody>${cells}</tbody></table>`;
  return markup`<div class="main">${body(shown.map((row) => metricRow(row, withCurves, withCurves)))}${overflow(
    withinBytes(rest, OVERFLOW_BYTES.metrics),
    rest.length,
    (count) => formatPlural(count, "more metric"),
    (items) => markup`<table class="metrics">${metricsHead(withCurves, false)}<tbody>${items}</tbody></table>`,
  )}</div>`;
}

function metricsHead(withCurves: boolean, hasCurveColumn: boolean = withCurves): Markup {
  const curve = hasCurveColumn && markup`<th scope="col" class="curve"><span class="hide">history</span></th>`;
  const figures = withCurves ? markup`<th scope="col">last</th><th scope="col">best</th>` : markup`<th scope="col">value</th>`;
  return markup`<thead><tr><th scope="col">metric</th>${curve}${figures}</tr></thead>`;
}

function metricRow(row: MetricRow, hasCurveColumn: boolean, withBest: boolean): Markup {
  const { metric } = row;
  const curve = hasCurveColumn && markup`<td class="curve">${sparkline(metric.key, metric.points)}</td>`;
  const at = row.bestStep !== undefined && metric.points.length > 1 && markup` <span class="mut">@${row.bestStep}</span>`;
  const best =
    withBest &&
    (row.bestText === undefined ? markup`<td class="mut">—</td>` : figureCell(row.bestText, row.best, row.isAtBest && metric.points.length > 1 ? "best" : "", at));
  return markup`<tr><th scope="row" title="${clip(metric.key, 260)}">${clip(metric.key, VALUE_LENGTH)}</th>${curve}${figureCell(row.lastText, row.last)}${best}</tr>`;
}

function paramsList(card: RunCard, shownCount: number): Markup | undefined {
  const pairs = card.params.map(([key, value]) => pair(key, value));
  const data = card.data !== undefined && pair("data", card.data);
  if (pairs.length === 0) {
    return undefined;
  }
  const shown = pairs.slice(0, shownCount);
  const rest = pairs.slice(shownCount);
  return markup`<div class="side"><dl>${shown}${data}</dl>${overflow(
    withinBytes(rest, OVERFLOW_BYTES.params),
    rest.length,
    (count) => formatPlural(count, "more param"),
    (items) => markup`<dl>${items}</dl>`,
  )}</div>`;
}

function pair(key: string, value: string): Markup {
  const tooltip = value.length > 16 && markup` title="${clip(value, 500)}"`;
  return markup`<div><dt title="${clip(key, 260)}">${clip(key, VALUE_LENGTH)}</dt> <dd${tooltip}>${value === "" ? "—" : clip(value, VALUE_LENGTH)}</dd></div>`;
}

function note({ text, tone = "quiet" }: CardNote): Markup {
  return markup`<p class="note ${tone}">${tone === "quiet" ? "" : "! "}${clip(text, 500)}</p>`;
}

function failure({ error }: RunCard): MarkupValue {
  if (error === undefined) {
    return undefined;
  }
  const [first = "", ...rest] = clip(error.trim(), 4000).split("\n");
  const stack = rest.join("\n");
  return markup`<div class="note bad"><p>✕ ${clip(first, 500)}</p>${
    stack.trim() !== "" && markup`<details><summary>where it happened</summary><pre>${stack}</pre></details>`
  }</div>`;
}

function facts({ model, artifacts = [], data, params }: RunCard): MarkupValue {
  const files = artifacts.map((path) => markup`<code>${clip(path, VALUE_LENGTH)}</code> `);
  const rest = files.slice(SHOWN_FILES);
  const rows = [
    data !== undefined && params.length === 0 && fact("data", clip(data, 300)),
    model !== undefined && fact("model", modelFacts(model)),
    files.length > 0 &&
      fact(
        "files",
        markup`${files.slice(0, SHOWN_FILES)}${overflow(
        withinBytes(rest, OVERFLOW_BYTES.files),
        rest.length,
        (count) => formatPlural(count, "more file"),
        (items) => markup`<p>${items}</p>`,
        )}`,
      ),
  ].filter((row) => row !== false);
  return rows.length > 0 && markup`<dl class="facts">${rows}</dl>`;
}

function footer(card: RunCard): MarkupValue {
  const left = progressWords(card);
  const right = [card.store, card.source].map((text) => (text === undefined ? undefined : clip(text, 160)));
  const end = joined([...right, linkMarkup(card.link)], " · ");
  const isEmpty = left.length === 0 && end.toString() === "";
  return !isEmpty && markup`<footer><span>${joined(left, " · ")}</span><span class="grow"></span> <span class="clip">${end}</span></footer>`;
}
