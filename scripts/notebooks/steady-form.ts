import { ADJECTIVES, ANIMALS } from "../../src/core/random-names";
import { type Cell, type Notebook, type Output, textOf } from "./notebook-file";

/**
 * What a notebook says, cell by cell, in the form that every execution shares: ids and random names are numbered in order
 * of appearance, times and durations are named, numbers that are shown in full (in tooltips, or printed) keep four
 * significant digits. Markup has one line per tag, so that a difference is easy to read, and lacks its stylesheet, which the
 * view's own golden files hold.
 *
 * The text beside a picture or table is laid out to the width of names and durations: of cards its words are kept, of
 * tables, whose columns are chosen by that width, only that there is one.
 */
export function steadyForm({ cells }: Notebook): readonly string[] {
  const placeholders = new Placeholders();
  return cells.map((cell) => [textOf(cell.source), ...outputsOf(cell).map(placeholders.replaceAll)].join("\n\n"));
}

function outputsOf({ outputs = [] }: Cell): string[] {
  return outputs.flatMap((output) =>
    output.output_type === "stream" ? [`${output.name}:\n${textOf(output.text)}`] : displayedTexts(output),
  );
}

function displayedTexts({ output_type, data = {} }: Output): string[] {
  const html = textOf(data["text/html"]);
  return Object.entries(data).map(([type, value]) => {
    const text = textOf(value);
    return `${output_type} ${type}:\n${type === "text/plain" && html !== "" ? wordsOf(text, html) : lineForTag(text)}`;
  });
}

const lineForTag = (html: string): string => html.replace(/<style>.*?<\/style>/s, "").replaceAll("><", ">\n<");

function wordsOf(text: string, html: string): string {
  const isTable = !html.includes('<table class="metrics">');
  return isTable ? `text of a table: ${text.trim() !== ""}` : text.replace(/\s+/g, " ").trim();
}

const RUN_NAME = `\\b(?:${ADJECTIVES.join("|")})-(?:${ANIMALS.join("|")})(?:-\\d{1,4})?\\b`;
const DURATION = /\b\d+(?:\.\d+)? (?:ms|s|min|h)\b(?: \d+ (?:s|min)\b)?/g;

/** Numbers the distinct ids and names that a notebook holds. */
class Placeholders {
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  readonly replaceAll = (text: string): string =>
    text
      .replace(/\b[0-9a-f]{32}\b/g, (id) => numbered(this.#ids, id.slice(0, 8), "id"))
      .replace(/\b[0-9a-f]{8}\b/g, (id) => this.#ids.get(id) ?? id)
      .replace(new RegExp(RUN_NAME, "g"), (name) => numbered(this.#names, name, "run name"))
      .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "[date]")
      .replace(/\bjust now\b|\b\d+ min ago\b/g, "[age]")
      .replace(DURATION, "[duration]")
      .replace(/\b[\d.e-]+ (epochs|steps)\/s/g, "[rate] $1/s")
      .replace(/-?\b\d+\.\d{5,}(?:e-?\d+)?\b/g, (number) => String(Number(Number(number).toPrecision(4))));
}

function numbered(known: Map<string, string>, key: string, kind: string): string {
  const placeholder = known.get(key) ?? `[${kind} ${known.size + 1}]`;
  known.set(key, placeholder);
  return placeholder;
}
