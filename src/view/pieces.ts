import { formatCount } from "./format";
import { type Markup, type MarkupValue, markup } from "./markup";

/** A right-aligned figure; the whole value is in the tooltip where it is not what is shown. */
export function figureCell(text: string, value: number | undefined, className = "", after?: MarkupValue): Markup {
  const isWhole = value === undefined || String(value) === text;
  return markup`<td${className !== "" && markup` class="${className}"`}${!isWhole && markup` title="${String(value)}"`}>${text}${after}</td>`;
}

/** What did not fit, folded away: `items` are those of `total` that are worth their bytes. Nothing when nothing is left. */
export function overflow(
  items: readonly Markup[],
  total: number,
  summary: (count: number) => string,
  body: (items: readonly Markup[]) => Markup,
): MarkupValue {
  if (total === 0) {
    return undefined;
  }
  const missing = total - items.length;
  return markup`<details><summary>${summary(total)}</summary>${body(items)}${
    missing > 0 && markup`<p class="mut">and ${formatCount(missing)} not shown here</p>`
  }</details>`;
}
