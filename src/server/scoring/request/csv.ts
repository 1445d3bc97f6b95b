import { messages } from "../../../core";
import { RefusedRequest } from "../../refused-request";
import type { Frame } from "./frame";

/** What pandas reads as a missing value (pandas/_libs/parsers.pyx, STR_NA_VALUES). */
const MISSING = new Set(
  "|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"),
);

const QUOTED = /"[^"]*(?:""[^"]*)*"/y;
const PLAIN = /[^,\r\n]*/y;

/**
 * A table in CSV with a line of names: cells are texts, or `null` where one is missing. Blank lines are passed over, rows that are
 * too short are filled up.
 *
 * @throws RefusedRequest when it has no line of names, or a row has more cells than there are names
 */
export function frameOfCsv(text: string): Frame {
  const [names, ...rows] = readRows(text);
  if (!names) throw badCsv("it has no line of column names");
  const long = rows.findIndex((row) => row.length > names.length);
  if (long >= 0) throw badCsv(`row ${long} has ${rows[long]?.length} cells for ${names.length} names`);
  const cellsOf = (position: number): readonly unknown[] =>
    rows.map((row) => {
      const cell = row[position];
      return cell === undefined || MISSING.has(cell) ? null : cell;
    });
  const columns = uniqueNames(names).map((label, position) => ({ label, cells: () => cellsOf(position) }));
  return { rows: rows.length, columns };
}

function readRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  let isBlank = true;
  while (at < text.length || row.length > 0) {
    const cell = readCell(text, at);
    at = cell.end;
    isBlank &&= cell.text === "" && !cell.isQuoted;
    row.push(cell.text);
    if (text[at] === ",") {
      at++;
      isBlank = false;
      // A comma that ends the text has an empty cell behind it.
      if (at < text.length) continue;
      row.push("");
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (!isBlank) rows.push(row);
    row = [];
    isBlank = true;
  }
  return rows;
}

interface Cell {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Where the comma or the end of the line stands. */
  readonly end: number;
}

function readCell(text: string, start: number): Cell {
  const isQuoted = text[start] === '"';
  const inside = isQuoted ? match(QUOTED, text, start) : undefined;
  if (isQuoted && !inside) throw badCsv("a quote is not closed");
  const behind = match(PLAIN, text, inside ? inside.end : start) as { found: string; end: number };
  // What follows a closing quote belongs to the cell.
  return {
    text: inside ? inside.found.slice(1, -1).replaceAll('""', '"') + behind.found : behind.found,
    isQuoted,
    end: behind.end,
  };
}

function match(pattern: RegExp, text: string, start: number): { found: string; end: number } | undefined {
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  return found ? { found: found[0], end: pattern.lastIndex } : undefined;
}

/** As pandas names them: a name that comes again is numbered, an empty one says its position. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name, position) => {
    const label = name === "" ? `Unnamed: ${position}` : name;
    const count = counts.get(label) ?? 0;
    counts.set(label, count + 1);
    return count === 0 ? label : `${label}.${count}`;
  });
}

const badCsv = (reason: string): RefusedRequest => new RefusedRequest(messages.badCsv(reason));
