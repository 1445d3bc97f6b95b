import { formatCount } from "./format";
import { type Markup, type MarkupValue, markup, withinBytes } from "./markup";

/** A right-aligned figure; the whole value is in the tooltip where it is not what is shown. */
export function figureCell(text: string, value: number | undefined, className = "", after?: MarkupValue): Markup {
  const isWhole = value === undefined || text.endsWith(String(value));
  const isOff = value !== undefined && !Number.isFinite(value);
  const names = [className, isOff && "warning"].filter(Boolean).join(" ");
  return markup`<td${names !== "" && markup` class="${names}"`}${!isWhole && markup` title="${String(value)}"`}>${text}${after}</td>`;
}

/** The first items, at most `count` and as many as fit into `bytes`, and the others. */
export function parted(
  items: readonly Markup[],
  count: number,
  bytes: number,
): readonly [shown: readonly Markup[], rest: readonly Markup[]] {
  const shown = withinBytes(items.slice(0, count), bytes);
  return [shown, items.slice(shown.length)];
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

/** One line of a list of facts. */
export function fact(name: string, value: MarkupValue): Markup {
  return markup`<div><dt>${name}</dt> <dd>${value}</dd></div>`;
}

/** A name that may be broken after its joints, so that it does not widen its column. */
export function breakable(name: string): readonly Markup[] {
  return name.split(/(?<=[_./-])|(?<=[a-z]{2})(?=[A-Z])/).map((part) => markup`${part}<wbr/>`);
}
