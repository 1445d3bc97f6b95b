import { appendFileSync, closeSync, fstatSync, openSync, readSync } from "node:fs";
import { errorCode, messages, pause, StoreError, warnOnce } from "../../core";
import type { MetricSeries } from "../tracking-store";
import { readSettledText } from "./files";
import { formatFloat, parseFloatText } from "./python-float";
import { noteDamage } from "./read-trace";

/**
 * A metric's file has a line for each point, appended and never rewritten.
 * Of a run: `timestamp value step` or `timestamp value step dataset digest`; old ones `timestamp value`.
 * Of a LoggedModel: `timestamp value step run` or `timestamp value step run dataset digest`.
 */
export type MetricFileKind = "run" | "model";

/** Called with each point; `rest` is what stands behind the step, `""` for nothing. */
export type PointVisitor = (timestamp: number, value: number, step: number, rest: string) => void;

const FIELDS_BEHIND_STEP: Record<MetricFileKind, readonly number[]> = { run: [0, 2], model: [1, 3] };
const SPACE = /\s/;

/**
 * The text that {@link appendPoints} takes. A data set is named only if neither its name nor its digest has white space: Python
 * splits at spaces and would refuse the whole run.
 */
export function formatPoints(series: MetricSeries, runId?: string): string {
  const { values, timestamps, steps, datasetName, datasetDigest } = series;
  let end = runId === undefined ? "\n" : ` ${runId}\n`;
  if (datasetName && datasetDigest && !SPACE.test(datasetName) && !SPACE.test(datasetDigest))
    end = `${end.trimEnd()} ${datasetName} ${datasetDigest}\n`;
  let text = "";
  for (let i = 0; i < values.length; i++)
    text += `${timestamps[i]} ${formatFloat(values[i] as number)} ${steps[i]}${end}`;
  return text;
}

/**
 * Appends lines in one write, so that lines of several processes do not mix. `first`: this process has not written to the
 * file before; then a line that a crash left half-written is closed, so that ours does not stick to it.
 */
export function appendPoints(path: string, lines: string, first: boolean): void {
  appendFileSync(path, first && endsTorn(path) ? TORN_END + lines : lines);
}

/** Closes a half-written line: Python strips the tab, we know by it that the line is none. */
const TORN_END = "\t\n";

function endsTorn(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    throw cause;
  }
  try {
    const last = Buffer.alloc(1);
    // Another process's write in progress looks torn as well, but only for a moment.
    for (let wait = 1; wait <= 32; wait *= 2) {
      const { size } = fstatSync(file);
      if (size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 10)) return false;
      pause(wait);
    }
    return true;
  } finally {
    closeSync(file);
  }
}

/**
 * Visits the points of a metric's file in the order they were written. A half-written line is left out with a warning, an
 * empty file has no points.
 *
 * @throws DATA_LOSS for a line in the midst that is no point
 */
export function readPoints(path: string, kind: MetricFileKind, visit: PointVisitor): void {
  const text = readSettledText(path, (found) => found.endsWith("\n") || abandoned.get(path) === found.length);
  if (text === undefined) return;
  if (!text.endsWith("\n")) abandoned.set(path, text.length);
  if (text === "") warnTorn(path, "is empty");
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    start = end + 1;
    if (newline >= 0 && visitLine(line, kind, visit)) continue;
    if (start < text.length && !line.endsWith("\t"))
      throw new StoreError(messages.corrupt(path, `the line ${JSON.stringify(line.slice(0, 60))} is no metric point`));
    warnTorn(path, "has a half-written line, which is left out");
  }
}

/** The lengths of files that did not end in a line's end although they were waited for: nobody is writing there. */
const abandoned = new Map<string, number>();

function warnTorn(path: string, what: string): void {
  noteDamage(path);
  warnOnce(`torn:${path}`, `${path} ${what}.`);
}

function visitLine(line: string, kind: MetricFileKind, visit: PointVisitor): boolean {
  if (line.endsWith("\t")) return false;
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const first = text.indexOf(" ");
  if (first < 1) return false;
  const second = text.indexOf(" ", first + 1);
  const value = parseFloatText(second < 0 ? text.slice(first + 1) : text.slice(first + 1, second));
  const timestamp = parseInteger(text.slice(0, first));
  if (value === undefined || timestamp === undefined) return false;
  if (second < 0) {
    if (kind === "run") visit(timestamp, value, 0, "");
    return kind === "run";
  }
  const third = text.indexOf(" ", second + 1);
  const step = parseInteger(third < 0 ? text.slice(second + 1) : text.slice(second + 1, third));
  const rest = third < 0 ? "" : text.slice(third + 1);
  if (step === undefined || !FIELDS_BEHIND_STEP[kind].includes(rest === "" ? 0 : rest.split(" ").length)) return false;
  visit(timestamp, value, step, rest);
  return true;
}

function parseInteger(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

/** True when the first point counts as later: greater by (step, timestamp, value), as Python's `max` compares (nothing is greater than NaN). */
export function isLater(
  step: number,
  timestamp: number,
  value: number,
  than: { readonly step: number; readonly timestamp: number; readonly value: number },
): boolean {
  if (step !== than.step) return step > than.step;
  if (timestamp !== than.timestamp) return timestamp > than.timestamp;
  return value > than.value;
}
