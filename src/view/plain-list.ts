import { formatCount, formatPlural } from "./format";
import { countWords, type ListPart } from "./list-part";
import { type Markup, type MarkupValue, markup, withinBytes } from "./markup";
import { DEFAULT_TEXT_WIDTH, type ViewOptions } from "./rendered";
import { textHeading, textStyle, type TextColumn, textTable, wrapText } from "./text";
const ROW_BYTES = 40_000;

/** One cell in both forms. */
export interface ListCell {
  readonly text: string;
  /** @default the text, escaped */
  readonly markup?: MarkupValue;
}

/** One column of a plain list. */
export interface ListColumn extends Omit<TextColumn, "cells"> {
  readonly cells: readonly ListCell[];
}

/** A table without figures: things of one kind below each other, the first column naming them. */
export interface PlainList extends ListPart {
  /** What they are, in the plural. */
  readonly title: string;
  /** One of them, as a word. */
  readonly noun: string;
  /** How many there are in all. */
  readonly total: number;
  /** How many have a row. */
  readonly count: number;
  readonly columns: readonly ListColumn[];
  /** What is said of none. */
  readonly empty: string;
}

/** The HTML form of a plain list. */
export function plainListFragment(list: PlainList, { isPage = false }: ViewOptions): Markup {
  const { title, noun, total, count, columns, empty } = list;
  const head = markup`<header><b>${title}</b> <span class="mut">${countWords(count, total, list)}</span></header>`;
  if (count === 0) {
    return markup`<section class="card">${head}<p class="note quiet">${empty}</p></section>`;
  }
  const rows = Array.from(
    { length: count },
    (_, index) => markup`<tr>${columns.map((column) => cell(column, index, columns[0]))}</tr>`,
  );
  const shown = withinBytes(rows, isPage ? Number.POSITIVE_INFINITY : ROW_BYTES);
  const left = total - shown.length;
  return markup`<section class="card">${head}<div class="main"><table><thead><tr>${columns.map(
    ({ head: name, align }) => markup`<th scope="col"${align !== "right" && markup` class="l"`}>${name}</th>`,
  )}</tr></thead><tbody>${shown}</tbody></table></div>${
    left > 0 && markup`<footer><span>and ${formatPlural(left, `more ${noun}`)}</span></footer>`
  }</section>`;
}

function cell(column: ListColumn, index: number, first: ListColumn | undefined): Markup {
  const { text = "", markup: content = text } = column.cells[index] ?? {};
  if (column === first) {
    return markup`<th scope="row">${content}</th>`;
  }
  return markup`<td${column.align !== "right" && markup` class="l"`}>${content}</td>`;
}

/** The text form of a plain list. */
export function plainListText({ title, noun, total, count, columns, empty }: PlainList, options: ViewOptions): string {
  const width = Math.max(20, options.width ?? DEFAULT_TEXT_WIDTH);
  const style = textStyle(options.color ?? false);
  if (count === 0) {
    return empty;
  }
  const heading = textHeading(
    [
      { text: title, paint: style.bold },
      { text: formatCount(total), paint: style.dim },
    ],
    [],
    width,
  );
  const { lines } = textTable(columns, { width, style });
  const left = total - count;
  const more = left > 0 ? wrapText(`and ${formatPlural(left, `more ${noun}`)}`, width).map(style.dim) : [];
  return [...heading, ...lines, ...more].join("\n");
}
