import { clip } from "../escape";
import {
  formatAbsoluteTime,
  formatCount,
  formatDuration,
  formatNumber,
  formatParam,
  formatPlural,
  formatRelativeTime,
} from "../format";
import { countWords } from "../list-part";
import { joined, type Markup, type MarkupValue, markup, withinBytes } from "../markup";
import { breakable, fact, figureCell, overflow } from "../pieces";
import type { ViewOptions } from "../rendered";
import { idMarkup, nameMarkup } from "../run-link";
import { statusMarkup } from "../status";
import {
  EMPTY_HINT,
  type MetricColumn,
  moreRuns,
  type ParamColumn,
  type RunTableColumns,
  runTableColumns,
} from "./columns";
import type { RunTable, RunTableRow } from "./description";

const SHOWN_PARAMS = 8;
const SHOWN_METRICS = 8;
const ROW_BYTES = 34_000;
const EQUAL_BYTES = 8_000;

/** The HTML form of a run table. */
export function runTableFragment(table: RunTable, { now, isPage = false }: ViewOptions): Markup {
  const { rows, title = "runs", total = rows.length } = table;
  const head = markup`<header>${nameMarkup(title)} <span class="mut clip sub">${joined([countWords(rows.length, total, table, "run"), table.order], ", ")}</span></header>`;
  if (rows.length === 0) {
    return markup`<section class="card">${head}<p class="note quiet">${table.emptyHint ?? EMPTY_HINT}</p></section>`;
  }
  const all = runTableColumns(table);
  const columns = { ...all, params: all.params.slice(0, SHOWN_PARAMS), metrics: all.metrics.slice(0, SHOWN_METRICS) };
  const cut = all.params.length + all.metrics.length - columns.params.length - columns.metrics.length;
  const lines = withinBytes(
    rows.map((row, index) => bodyRow(row, index, columns, { now, isPage, choiceName: table.choiceName })),
    isPage ? Number.POSITIVE_INFINITY : ROW_BYTES,
  );
  return markup`<section class="card">${head}<div class="main"><table>${headRow(columns, isPage)}<tbody>${lines}</tbody></table></div>${foot(
    table,
    all,
    cut,
    rows.length - lines.length,
  )}</section>`;
}

// Where a table may be wider than its page, what it is ordered by stands at its beginning.
function headRow(columns: RunTableColumns, isPage: boolean): Markup {
  const took = markup`<th scope="col">took</th>`;
  const created = markup`<th scope="col">created</th>`;
  const params = columns.params.map(({ key, isNumeric }) => columnHead(key, isNumeric ? "" : "l"));
  const metrics = columns.metrics.map(({ key }) => columnHead(key, ""));
  return markup`<thead><tr><th scope="col">run</th><th scope="col" class="l">state</th>${
    columns.withEstimator && markup`<th scope="col" class="l">estimator</th>`
  }${isPage && [created, took]}${metrics}${params}${!isPage && [took, created]}<th scope="col" class="l">id</th></tr></thead>`;
}

function columnHead(key: string, className: string): Markup {
  return markup`<th scope="col"${className !== "" && markup` class="${className}"`} title="${clip(key, 260)}">${breakable(clip(key, 40))}</th>`;
}

function bodyRow(
  row: RunTableRow,
  index: number,
  columns: RunTableColumns,
  {
    now,
    isPage,
    choiceName,
  }: { readonly now: number; readonly isPage: boolean; readonly choiceName: string | undefined },
): Markup {
  const took = markup`<td class="mut">${row.durationMs === undefined ? "—" : formatDuration(row.durationMs)}</td>`;
  const since = created(row.startTime, now);
  const choice =
    choiceName !== undefined &&
    markup`<input type="checkbox" name="${choiceName}" value="${row.runId}" aria-label="choose ${row.name}">`;
  return markup`<tr><th scope="row">${choice}${nameMarkup(row.name, row.href, `${row.name} · ${row.runId}`)}${row.isDeleted && markup` <span class="mut">deleted</span>`}</th><td class="l">${statusMarkup(row.status)}</td>${
    columns.withEstimator && markup`<td class="l">${clip(row.estimator ?? "—", 60)}</td>`
  }${isPage && [since, took]}${columns.metrics.map((column) => metricCell(column, index))}${columns.params.map((column) => paramCell(column, index))}${!isPage && [took, since]}<td class="l">${idMarkup(row.runId)}</td></tr>`;
}

function paramCell({ values, texts, isNumeric }: ParamColumn, index: number): Markup {
  const value = values[index];
  const text = texts[index] ?? "";
  if (value === undefined) {
    return isNumeric ? markup`<td class="mut">—</td>` : markup`<td class="l mut">—</td>`;
  }
  return markup`<td${!isNumeric && markup` class="l"`}${(text !== value || value.length > 16) && markup` title="${clip(value, 500)}"`}>${clip(text, 60)}</td>`;
}

function metricCell({ values, texts, best }: MetricColumn, index: number): Markup {
  const text = texts[index];
  if (text === undefined) {
    return markup`<td class="mut">—</td>`;
  }
  const isBest = best.has(index);
  return figureCell(isBest ? `★ ${text}` : text, values[index], isBest ? "best" : "");
}

function created(startTime: number | undefined, now: number): Markup {
  return startTime === undefined
    ? markup`<td class="mut">—</td>`
    : markup`<td class="mut" title="${formatAbsoluteTime(startTime)}">${formatRelativeTime(startTime, now)}</td>`;
}

function foot(table: RunTable, columns: RunTableColumns, cut: number, unwritten: number): MarkupValue {
  const equal = [
    ...columns.equalParams.map(([key, value]) => fact(clip(key, 80), clip(formatParam(value), 80))),
    ...columns.equalMetrics.map(([key, value]) => fact(clip(key, 80), formatNumber(value))),
  ];
  const more = moreRuns({ ...table, total: (table.total ?? table.rows.length) + unwritten });
  const lines = [
    more !== undefined &&
      markup`<p>and ${formatCount(more.count)} more${more.call !== undefined && markup`: <code>${more.call}</code>`}</p>`,
    cut > 0 &&
      markup`<p>${formatPlural(cut, "more column")}${table.roomCall !== undefined && markup` in <code>${table.roomCall}</code>`}</p>`,
    overflow(
      withinBytes(equal, EQUAL_BYTES),
      equal.length,
      (count) => `+ ${formatPlural(count, "equal column")}`,
      (items) => markup`<dl>${items}</dl>`,
    ),
  ].filter((line) => line !== false && line !== undefined);
  return lines.length > 0 && markup`<footer><div class="grow one">${lines}</div></footer>`;
}
