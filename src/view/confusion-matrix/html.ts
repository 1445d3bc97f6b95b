import { clip } from "../escape";
import { formatCount, formatNumber, formatPlural } from "../format";
import { type Markup, markup } from "../markup";
import type { ViewOptions } from "../rendered";
import { nameMarkup } from "../run-link";
import type { ConfusionMatrix } from "./description";
import { countAt, matrixSummary, rowShare, tint } from "./shares";

/** The most classes that are set out as a table. */
const SHOWN_CLASSES = 20;

/** The HTML form of a confusion matrix: a table, rows the true classes. */
export function confusionMatrixFragment(matrix: ConfusionMatrix, _options: ViewOptions): Markup {
  const shown = matrix.labels.slice(0, SHOWN_CLASSES);
  const left = matrix.labels.length - shown.length;
  const head = shown.map((label) => markup`<th scope="col" title="${clip(label, 260)}">${clip(label, 16)}</th>`);
  const rows = shown.map(
    (label, row) =>
      markup`<tr><th scope="row" title="${clip(label, 260)}">${clip(label, 40)}</th>${shown.map((_label, column) => cell(matrix, row, column))}</tr>`,
  );
  return markup`<section class="card"><header>${nameMarkup(matrix.title ?? "confusion matrix")} <span class="mut clip sub">${matrixSummary(matrix)}</span></header><div class="main"><table class="matrix"><thead><tr><th scope="col">true ↓ predicted →</th>${head}</tr></thead><tbody>${rows}</tbody></table>${
    left > 0 && markup`<p class="mut">and ${formatPlural(left, "more class", "more classes")}</p>`
  }</div></section>`;
}

function cell(matrix: ConfusionMatrix, row: number, column: number): Markup {
  const count = countAt(matrix, row, column);
  const share = `${formatNumber(rowShare(matrix, row, column) * 100)} % of ${matrix.labels[row]}`;
  const shade = tint(matrix, row, column);
  return markup`<td${shade > 0 && markup` style="--v:${shade}%"`} title="${clip(share, 120)}">${count === 0 ? markup`<span class="mut">0</span>` : formatCount(count)}</td>`;
}
