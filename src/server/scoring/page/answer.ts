import { formatCount, type Markup, markup } from "../../../view";
import { shownJson } from "./json-text";

/** Rows of predictions that are shown; the rest is in the answer to a request. */
const MAX_ROWS = 100;
const MAX_TEXT = 20_000;

/** What came of a request that was sent by the page. */
export type PageAnswer =
  | { readonly kind: "predictions"; readonly text: string }
  | { readonly kind: "refused"; readonly status: number; readonly message: string };

/** The predictions as a figure, a table or JSON; or what was wrong. */
export function answerCard(answer: PageAnswer): Markup {
  if (answer.kind === "refused")
    return markup`<section class="card" role="alert"><header><b class="bad">✕ refused</b><span class="grow"></span><span class="mut">${answer.status}</span></header><div class="answer">${answer.message}</div></section>`;
  const { predictions, ...rest } = JSON.parse(answer.text) as { predictions?: unknown };
  return markup`<section class="card" role="status"><header><b class="good">✓ prediction</b></header><div class="answer">${
    predictions === undefined ? jsonBlock(rest) : predictionBlock(predictions)
  }</div></section>`;
}

function predictionBlock(predictions: unknown): Markup {
  if (!Array.isArray(predictions)) return jsonBlock(predictions);
  const [first] = predictions;
  const only = predictions.length === 1 && Array.isArray(first) && first.length === 1 ? first[0] : first;
  if (predictions.length === 1 && !isObject(only)) return markup`<div class="figure">${String(only)}</div>`;
  if (predictions.every((row) => !isObject(row)))
    return table(
      ["prediction"],
      predictions.map((row) => [row]),
    );
  if (predictions.every(Array.isArray) && (first as unknown[]).every((cell) => !isObject(cell)))
    return table(
      (first as unknown[]).map((_, position) => String(position)),
      predictions as unknown[][],
    );
  return jsonBlock(predictions);
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function table(names: readonly string[], rows: readonly (readonly unknown[])[]): Markup {
  const shown = rows.slice(0, MAX_ROWS);
  const body = shown.map(
    (row, index) =>
      markup`<tr><th scope="row">${index}</th>${row.slice(0, MAX_ROWS).map((cell) => markup`<td>${String(cell)}</td>`)}</tr>`,
  );
  return markup`<table><thead><tr><th scope="col">row</th>${names.slice(0, MAX_ROWS).map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table>${
    rows.length > MAX_ROWS && markup`<p class="mut">and ${formatCount(rows.length - MAX_ROWS)} more</p>`
  }`;
}

function jsonBlock(value: unknown): Markup {
  const text = shownJson(value);
  return markup`<pre>${text.slice(0, MAX_TEXT)}${text.length > MAX_TEXT && "…"}</pre>`;
}
