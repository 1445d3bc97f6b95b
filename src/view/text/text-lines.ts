import { singleLine } from "../escape";
import type { TextCell } from "./text-table";
import type { TextStyle } from "./text-style";
import { displayWidth, padToWidth, truncateMiddle, truncateToWidth, wrapText } from "./text-width";

/**
 * Pieces on the left, others at the right edge; the right ones move to a second line where both do not fit. Empty pieces are left out.
 */
export function textHeading(left: readonly TextCell[], right: readonly TextCell[], width: number): readonly string[] {
  const start = fitted(left, width);
  const end = fitted(right, width);
  if (end.width === 0) {
    return [start.painted];
  }
  const gap = width - start.width - end.width;
  return gap >= 2 ? [start.painted + " ".repeat(gap) + end.painted] : [start.painted, end.painted];
}

function fitted(cells: readonly TextCell[], width: number): { painted: string; width: number } {
  let left = width;
  const painted: string[] = [];
  for (const { text, paint = (plain: string) => plain } of cells) {
    const room = left - (painted.length > 0 ? 2 : 0);
    const shown = truncateToWidth(singleLine(text), room);
    if (shown !== "" && room > 1) {
      painted.push(paint(shown));
      left = room - displayWidth(shown);
    }
  }
  return { painted: painted.join("  "), width: width - left };
}

/** Names and values below each other; long values go on in further lines. Absent values are left out. */
export function textFacts(
  facts: readonly (readonly [name: string, value: string | undefined])[],
  width: number,
  style: TextStyle,
): readonly string[] {
  const present = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [[truncateToWidth(singleLine(name), 24), value] as const],
  );
  const nameWidth = Math.min(24, Math.floor(width / 2), Math.max(0, ...present.map(([name]) => displayWidth(name))));
  return present.flatMap(([name, value]) =>
    wrapText(value, Math.max(8, width - nameWidth - 2)).map((line, index) => {
      const label = padToWidth(truncateToWidth(index === 0 ? name : "", nameWidth), nameWidth);
      return `${style.dim(label)}  ${line}`;
    }),
  );
}

/** Short facts in as many columns as the width holds, read downwards. */
export function textGrid(
  pairs: readonly (readonly [name: string, value: string])[],
  width: number,
  style: TextStyle,
): readonly string[] {
  const clean = pairs.map(
    ([name, value]) => [truncateMiddle(singleLine(name), 24), truncateToWidth(singleLine(value), width)] as const,
  );
  const nameWidth = Math.min(24, Math.max(0, ...clean.map(([name]) => displayWidth(name))));
  const valueWidth = Math.min(28, Math.max(0, ...clean.map(([, value]) => displayWidth(value))));
  const columns = Math.max(1, Math.min(3, Math.floor((width + 4) / (nameWidth + valueWidth + 6))));
  const rows = Math.ceil(clean.length / columns);
  const lastWidth = Math.max(8, width - nameWidth - 2);
  const room = columns === 1 ? lastWidth : valueWidth;
  return Array.from({ length: rows }, (_, row) =>
    clean
      .filter((_pair, index) => index % rows === row)
      .map(([name, value]) => {
        const label = style.dim(padToWidth(truncateToWidth(name, nameWidth), nameWidth));
        return `${label}  ${padToWidth(truncateToWidth(value, room), valueWidth)}`;
      })
      .join("    ")
      .trimEnd(),
  );
}
