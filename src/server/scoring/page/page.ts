import { Markup, markup, modelCardView, stylesheet } from "../../../view";
import { exampleRequest } from "../example";
import type { ServedModel } from "../served-model";
import { answerCard, type PageAnswer } from "./answer";
import { fieldColumns, requestForm, rowForm } from "./form";
import { reformed, shownJson } from "./json-text";
import { pageStyle } from "./style";

/** What was sent by the page, and what came of it. */
export interface SentForm {
  readonly form: URLSearchParams;
  /** The request that the form stands for. */
  readonly request: string;
  readonly answer: PageAnswer;
}

/** Nothing is loaded from anywhere, and nothing runs. */
export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** The page on which somebody tries the model: what it takes, fields for one row, a whole request, and the answer. */
export function pageHtml(model: ServedModel, origin: string, sent?: SentForm): string {
  const columns = fieldColumns(model);
  const request = sent?.request ?? JSON.stringify(exampleRequest(model));
  const byHand = requestForm(sent?.form.get("request") ?? reformed(request, shownJson));
  const wasByHand = sent?.form.has("request") === true;
  const forms = columns
    ? markup`<section class="card"><header><b>try it</b> <span class="mut">one row</span></header>${rowForm(model, columns, sent?.form)}<details${wasByHand && markup` open`}><summary>or write the request</summary>${byHand}</details></section>`
    : markup`<section class="card"><header><b>try it</b></header>${byHand}</section>`;
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${model.card.name} · trackbook</title><link rel="icon" href="data:,"><style>${Markup.trusted(stylesheet + pageStyle)}</style></head><body><main class="trackbook">${modelCardView.fragment(model.card, { now: 0 })}${forms}${sent && answerCard(sent.answer)}${callCard(request, origin)}</main></body></html>`.toString();
}

/** The same request as a command. */
function callCard(request: string, origin: string): Markup {
  const body = reformed(request, JSON.stringify).replaceAll("'", "'\\''");
  const call = `curl ${origin}/invocations -H 'content-type: application/json' -d '${body}'`;
  const shown = call.length > 2000 ? `${call.slice(0, 2000)}…` : call;
  return markup`<section class="card"><details open><summary>the same as a command</summary><div class="answer"><pre>${shown}</pre></div></details><footer><a href="/openapi.json">OpenAPI document</a> <span class="grow"></span> <a href="/health">health</a></footer></section>`;
}
