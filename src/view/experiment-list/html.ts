import { countWords } from "../list-part";
import { formatAbsoluteTime, formatCount, formatPlural, formatRelativeTime } from "../format";
import { type Markup, markup, withinBytes } from "../markup";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import { type ExperimentList, type ExperimentRow, hasRunCounts } from "./description";

const ROW_BYTES = 40_000;

/** The HTML form of an experiment list. */
export function experimentListFragment(list: ExperimentList, { now, isPage = false }: ViewOptions): Markup {
  const { rows, total = rows.length, moreCall } = list;
  const head = markup`<header><b>experiments</b> <span class="mut">${countWords(rows.length, total, list)}</span></header>`;
  if (rows.length === 0) {
    return markup`<section class="card">${head}<p class="note quiet">No experiments yet.</p></section>`;
  }
  const withRuns = hasRunCounts(rows);
  const lines = withinBytes(
    rows.map((row) => bodyRow(row, withRuns, now)),
    isPage ? Number.POSITIVE_INFINITY : ROW_BYTES,
  );
  const left = total - lines.length;
  return markup`<section class="card">${head}<div class="main"><table><thead><tr><th scope="col">experiment</th>${withRuns && markup`<th scope="col">runs</th>`}<th scope="col">last change</th><th scope="col" class="l">id</th></tr></thead><tbody>${lines}</tbody></table></div>${
    left > 0 &&
    markup`<footer><span>and ${formatPlural(left, "more experiment")}${moreCall !== undefined && markup`: <code>${moreCall}</code>`}</span></footer>`
  }</section>`;
}

function bodyRow(
  { experimentId, name, isDeleted, runCount, lastUpdateTime, href }: ExperimentRow,
  withRuns: boolean,
  now: number,
): Markup {
  const changed =
    lastUpdateTime === undefined
      ? markup`<td class="mut">—</td>`
      : markup`<td class="mut" title="${formatAbsoluteTime(lastUpdateTime)}">${formatRelativeTime(lastUpdateTime, now)}</td>`;
  return markup`<tr><th scope="row">${nameMarkup(name, href)}${isDeleted && markup` <span class="mut">deleted</span>`}</th>${withRuns && markup`<td>${runCount === undefined ? "—" : formatCount(runCount)}</td>`}${changed}<td class="l"><code>${experimentId}</code></td></tr>`;
}
