import { singleLine } from "../escape";
import type { TextStyle } from "./text-style";
import { displayWidth, padToWidth, truncateMiddle, truncateToWidth } from "./text-width";

/** One cell: its text, and how to paint it once it is aligned. */
export interface TextCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** One column of an aligned table. */
export interface TextColumn {
  readonly head: string;
  readonly align?: "left" | "right";
  readonly cells: readonly TextCell[];
  /** The widest the column may be, in terminal columns. @default 32 */
  readonly maxWidth?: number;
  /** Which of its texts are names: they are cut in the middle. @default none */
  readonly names?: "head" | "cells";
}

const GAP = "  ";

/** An aligned table, and how many columns found no room. */
export interface TextTable {
  readonly lines: readonly string[];
  readonly hiddenColumns: number;
}

/**
 * Sets columns side by side as many as fit into `width`, in their order. The first and the last `keepLast` are always shown; the
 * others are chosen from the left.
 */
export function textTable(
  columns: readonly TextColumn[],
  options: { readonly width: number; readonly style: TextStyle; readonly keepLast?: number },
): TextTable {
  const shaped = columns.map(shape);
  const kept = fitting(shaped, options.width, options.keepLast ?? 0);
  const rowCount = columns.reduce((most, column) => Math.max(most, column.cells.length), 0);
  const lines: string[] = [];
  if (kept.some((column) => column.head !== "")) {
    lines.push(
      options.style.dim(
        kept
          .map((column) => aligned(column, column.head))
          .join(GAP)
          .trimEnd(),
      ),
    );
  }
  for (let row = 0; row < rowCount; row++) {
    const cells = kept.map((column, index) => {
      const cell = column.cells[row];
      const text = aligned(column, cell?.text ?? "");
      const trimmed = index === kept.length - 1 ? text.trimEnd() : text;
      return cell?.paint === undefined ? trimmed : paintInside(trimmed, cell.paint);
    });
    lines.push(cells.join(GAP).trimEnd());
  }
  return { lines, hiddenColumns: columns.length - kept.length };
}

interface ShapedColumn extends TextColumn {
  readonly width: number;
}

function shape(column: TextColumn): ShapedColumn {
  const cut = (text: string, part: "head" | "cells"): string =>
    (column.names === part ? truncateMiddle : truncateToWidth)(singleLine(text), column.maxWidth ?? 32);
  const head = cut(column.head, "head");
  const cells = column.cells.map((cell) => ({ ...cell, text: cut(cell.text, "cells") }));
  const width = [head, ...cells.map(({ text }) => text)].reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  return { ...column, head, cells, width };
}

function fitting(columns: readonly ShapedColumn[], width: number, keepLast: number): readonly ShapedColumn[] {
  const [first, ...others] = columns;
  if (first === undefined) {
    return [];
  }
  const last = others.splice(Math.max(0, others.length - keepLast));
  const firstWidth = Math.min(first.width, width);
  let left = width - firstWidth;
  const takeIfItFits = (column: ShapedColumn): boolean => {
    const fits = column.width + GAP.length <= left;
    left -= fits ? column.width + GAP.length : 0;
    return fits;
  };
  const end = last.filter(takeIfItFits);
  return [{ ...first, width: firstWidth }, ...others.filter(takeIfItFits), ...end];
}

function aligned(column: ShapedColumn, text: string): string {
  return padToWidth(truncateToWidth(text, column.width), column.width, column.align);
}

// Padding stays unpainted: an underlined or inverse style must not run into the gap.
function paintInside(text: string, paint: (text: string) => string): string {
  const body = text.trim();
  return body === "" ? text : text.replace(body, () => paint(body));
}
