import { clip } from "../escape";
import { formatParam, formatPlural } from "../format";
import { byteLength, joined, type Markup, type MarkupValue, markup, withinBytes } from "../markup";
import { modelFacts } from "../model-card";
import { fact, figureCell, overflow, parted } from "../pieces";
import { progressShare, progressWords } from "./progress";
import type { ViewOptions } from "../rendered";
import { idMarkup, linkMarkup, nameMarkup } from "../run-link";
import { sparkline } from "../sparkline";
import { statusMarkup } from "../status";
import { type CardNote, orderedParams, type RunCard } from "./description";
import { hasCurves, type MetricRow, metricRows } from "./metrics";

/** How many metrics of a card have a curve. */
export const CARD_CURVES = 8;

const SHOWN = { metrics: CARD_CURVES, params: 8, files: 6 } as const;
/** What the parts may take, in bytes; params that are folded away take what the others leave of the whole. */
const BYTES = {
  card: 45_000,
  metrics: 12_000,
  moreMetrics: 9_000,
  params: 5_000,
  notes: 1_500,
  stack: 4_000,
  files: 1_500,
  moreFiles: 1_500,
} as const;
const VALUE_LENGTH = 120;

/** The HTML form of a run card. */
export function runCardFragment(card: RunCard, _options: ViewOptions): Markup {
  const main = metricsTable(card);
  const params = orderedParams(card).map(([key, value]) => pair(key, value));
  const [shown, rest] = parted(params, paramCount(card), BYTES.params);
  const above = markup`${header(card)}${progressBar(card)}`;
  const below = markup`${withinBytes((card.notes ?? []).map(note), BYTES.notes)}${failure(card)}${facts(card)}${footer(card)}`;
  const taken = byteLength(markup`${above}${main}${shown}${below}`.toString());
  const side = paramsList(shown, rest, card.data, Math.max(0, BYTES.card - taken));
  const body =
    (main !== undefined || side !== undefined) &&
    markup`<div class="${main === undefined || side === undefined ? "one" : "body"}">${main}${side}</div>`;
  return markup`<section class="card">${above}${body}${below}</section>`;
}

// Params are lower than rows with a curve: as many as stand beside the metrics.
function paramCount({ metrics }: RunCard): number {
  return Math.max(SHOWN.params, Math.round(Math.min(metrics.length, SHOWN.metrics) * 1.5));
}

function header(card: RunCard): Markup {
  const sub = joined(
    [
      clip(card.estimator ?? "", 100),
      card.experiment !== undefined && markup`experiment <b>${clip(card.experiment, 100)}</b>`,
    ],
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
  const [shown] = parted(
    rows.slice(0, SHOWN.metrics).map((row) => metricRow(row, withCurves, withCurves)),
    SHOWN.metrics,
    BYTES.metrics,
  );
  const rest = rows.slice(shown.length).map((row) => metricRow(row, false, withCurves));
  return markup`<div class="main"><table class="metrics">${metricsHead(withCurves)}<tbody>${shown}</tbody></table>${overflow(
    withinBytes(rest, BYTES.moreMetrics),
    rest.length,
    (count) => formatPlural(count, "more metric"),
    (items) => markup`<table class="metrics">${metricsHead(withCurves, false)}<tbody>${items}</tbody></table>`,
  )}</div>`;
}

function metricsHead(withCurves: boolean, hasCurveColumn: boolean = withCurves): Markup {
  const curve = hasCurveColumn && markup`<th scope="col" class="curve"><span class="hide">history</span></th>`;
  const figures = withCurves
    ? markup`<th scope="col">last</th><th scope="col">best</th>`
    : markup`<th scope="col">value</th>`;
  return markup`<thead><tr><th scope="col">metric</th>${curve}${figures}</tr></thead>`;
}

function metricRow(row: MetricRow, hasCurveColumn: boolean, withBest: boolean): Markup {
  const { metric } = row;
  const curve = hasCurveColumn && markup`<td class="curve">${sparkline(metric.key, metric.points)}</td>`;
  const at =
    row.bestStep !== undefined && metric.points.length > 1 && markup` <span class="mut">@${row.bestStep}</span>`;
  const best =
    withBest &&
    (row.bestText === undefined
      ? markup`<td class="mut">—</td>`
      : figureCell(row.bestText, row.best, row.isAtBest && metric.points.length > 1 ? "best" : "", at));
  return markup`<tr><th scope="row" title="${clip(metric.key, 260)}">${clip(metric.key, VALUE_LENGTH)}</th>${curve}${figureCell(row.lastText, row.last)}${best}</tr>`;
}

function paramsList(
  shown: readonly Markup[],
  rest: readonly Markup[],
  data: string | undefined,
  bytes: number,
): Markup | undefined {
  if (shown.length === 0 && rest.length === 0) {
    return undefined;
  }
  return markup`<div class="side"><dl>${shown}${data !== undefined && pair("data", data)}</dl>${overflow(
    withinBytes(rest, bytes),
    rest.length,
    (count) => formatPlural(count, "more param"),
    (items) => markup`<dl>${items}</dl>`,
  )}</div>`;
}

function pair(key: string, value: string): Markup {
  const shown = formatParam(value);
  const tooltip = (shown !== value || value.length > 16) && markup` title="${clip(value, 300)}"`;
  return markup`<div><dt title="${clip(key, 260)}">${clip(key, VALUE_LENGTH)}</dt> <dd${tooltip}>${shown === "" ? "—" : clip(shown, VALUE_LENGTH)}</dd></div>`;
}

function note({ text, tone = "quiet" }: CardNote): Markup {
  return markup`<p class="note ${tone}">${tone === "quiet" ? "" : "! "}${clip(text, 300)}</p>`;
}

function failure({ error }: RunCard): MarkupValue {
  if (error === undefined) {
    return undefined;
  }
  const [first = "", ...rest] = clip(error, 8000).trim().split("\n");
  const stack = withinBytes(
    rest.map((line) => markup`${clip(line, 300)}\n`),
    BYTES.stack,
  );
  return markup`<div class="note bad"><p>✕ ${clip(first, 300)}</p>${
    stack.length > 0 && markup`<details><summary>where it happened</summary><pre>${stack}</pre></details>`
  }</div>`;
}

function facts({ model, artifacts = [], data, params }: RunCard): MarkupValue {
  const files = artifacts.map((path) => markup`<code>${clip(path, VALUE_LENGTH)}</code> `);
  const [shown, rest] = parted(files, SHOWN.files, BYTES.files);
  const rows = [
    data !== undefined && params.length === 0 && fact("data", clip(data, 300)),
    model !== undefined && fact("model", modelFacts(model)),
    files.length > 0 &&
      fact(
        "files",
        markup`${shown}${overflow(
          withinBytes(rest, BYTES.moreFiles),
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
  return (
    !isEmpty &&
    markup`<footer><span>${joined(left, " · ")}</span><span class="grow"></span> <span class="clip">${end}</span></footer>`
  );
}
