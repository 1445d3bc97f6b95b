import { type Markup, markup } from "../../../view";

/** The position of the first item that a page of a list shows, from 1, as its address says it. */
export function firstOf(query: URLSearchParams): number {
  const first = Number(query.get("from") ?? 1);
  return Number.isSafeInteger(first) && first > 0 ? first : 1;
}

/** What leads to the page of a list behind this one, if there is one. */
export const nextPart = (
  nextPageToken: string | undefined,
  first: number,
  count: number,
): { readonly page: string; readonly from: string } | undefined =>
  nextPageToken === undefined ? undefined : { page: nextPageToken, from: String(first + count) };

/** Where a page of a list stands in it. */
export interface PartWays {
  readonly first: number;
  /** How many the next part has. */
  readonly count: number;
  readonly start: string;
  readonly next: string | undefined;
}

/** The ways from a page of a list, behind a `note`: back to its beginning, and on. */
export function partLinks({ first, count, start, next }: PartWays, note = ""): Markup | undefined {
  if (first === 1 && next === undefined) return undefined;
  const back = first > 1 && markup`<a href="${start}">← from the beginning</a> `;
  const on = next !== undefined && markup`<a href="${next}">the next ${count} →</a>`;
  return markup`<p class="below"><span class="mut grow">${note}</span>${back}${on}</p>`;
}
