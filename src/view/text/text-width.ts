import { singleLine } from "../escape";

// Characters of one column that join no others: Latin, punctuation, arrows, mathematics, lines and blocks. What cards are made of is among them, and segmenting
// took a third of a drawing.
const SINGLES = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u22ff\u2500-\u25fc]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\p{Cf}\u200b]+$/u;
// In UTF-16 units: what lies beyond cannot be seen in the width at hand, and is not worth segmenting.
const LONGEST_GRAPHEME = 16;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function widthOf(grapheme: string): number {
  return INVISIBLE.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1;
}

/** How many terminal columns a text takes: CJK and emoji two each, combining marks none (Unicode TR11). */
export function displayWidth(text: string): number {
  if (SINGLES.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment);
  }
  return width;
}

/** A text cut to a number of columns, with `…` where something was cut. */
export function truncateToWidth(text: string, width: number): string {
  if (text.length <= width * LONGEST_GRAPHEME && displayWidth(text) <= width) {
    return text;
  }
  if (width < 1) {
    return "";
  }
  if (SINGLES.test(text)) {
    return `${text.slice(0, width - 1)}…`;
  }
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text.slice(0, width * LONGEST_GRAPHEME))) {
    used += widthOf(segment);
    if (used > width - 1) {
      break;
    }
    kept += segment;
  }
  return `${kept}…`;
}

/** The same with the cut in the middle, for names: what tells them apart often stands at their end. */
export function truncateMiddle(text: string, width: number): string {
  if (width < 5 || truncateToWidth(text, width) === text) return truncateToWidth(text, width);
  const room = Math.floor((width - 1) / 3);
  let end = "";
  for (const { segment } of [...graphemes.segment(text.slice(-room * LONGEST_GRAPHEME))].reverse()) {
    if (displayWidth(segment + end) > room) break;
    end = segment + end;
  }
  return truncateToWidth(text, width - displayWidth(end)) + end;
}

/** A text filled with spaces to a number of columns. */
export function padToWidth(text: string, width: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

/**
 * Joins pieces with a separator into lines no wider than `width`; a piece that is wider by itself is cut.
 * Control characters and line breaks are taken out of the pieces.
 */
export function flow(pieces: readonly string[], width: number, separator = " · "): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces.map(singleLine)) {
    const line = lines[lines.length - 1];
    const longer = line === undefined ? undefined : line + separator + piece;
    if (longer !== undefined && truncateToWidth(longer, width) === longer) {
      lines[lines.length - 1] = longer;
    } else if (piece !== "") {
      lines.push(truncateToWidth(piece, width));
    }
  }
  return lines;
}

/** Breaks a text at spaces into lines no wider than `width`. */
export function wrapText(text: string, width: number): readonly string[] {
  return flow(text.split(/ +/), width, " ");
}
