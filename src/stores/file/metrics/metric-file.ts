import { messages, pause, StoreError, warnOnce } from "../../../core";
import type { MetricSeries } from "../../tracking-store";
import { readLines, readSettledText } from "../files";
import { formatFloat, parseFloatText } from "./python-float";
import { noteDamage } from "../read-trace";

/**
 * A metric's file has a line for each point, appended and never rewritten; spaces at its end are no part of it.
 * Of a run: `timestamp value step` or `timestamp value step dataset digest`; old ones `timestamp value`.
 * Of a LoggedModel: `timestamp value step run` or `timestamp value step run dataset digest`.
 */
export type MetricFileKind = "run" | "model";

/** Called with each point; `rest` is what stands behind the step, `""` for nothing. */
export type PointVisitor = (timestamp: number, value: number, step: number, rest: string) => void;

const FIELDS_BEHIND_STEP: Record<MetricFileKind, readonly number[]> = { run: [0, 2], model: [1, 3] };
const SPACE = /\s/;

/**
 * The lines of points, as metric-writer.ts appends them. A data set is named only if neither its name nor its digest has white space: Python
 * splits at spaces and would refuse the whole run.
 */
export function formatPoints(series: MetricSeries, runId?: string): Buffer {
  const { values, timestamps, steps, datasetName, datasetDigest } = series;
  let end = runId === undefined ? "\n" : ` ${runId}\n`;
  if (datasetName && datasetDigest && !SPACE.test(datasetName) && !SPACE.test(datasetDigest))
    end = `${end.trimEnd()} ${datasetName} ${datasetDigest}\n`;
  const blocks: Buffer[] = [];
  for (let i = 0; i < values.length; ) {
    let text = "";
    for (const last = Math.min(values.length, i + BLOCK); i < last; i++)
      text += `${timestamps[i]} ${formatFloat(values[i] as number)} ${steps[i]}${end}`;
    blocks.push(Buffer.from(text));
  }
  return blocks.length === 1 ? (blocks[0] as Buffer) : Buffer.concat(blocks);
}

/** So many lines are made bytes at once: the pieces of a longer text outlive the collector's first look, which costs twice the formatting. */
const BLOCK = 512;

/**
 * Visits the points of a metric's file in the order they were written. A half-written line is left out with a warning, an
 * empty file has no points.
 *
 * @throws DATA_LOSS for a line in the midst that is no point
 */
export function readPoints(path: string, kind: MetricFileKind, visit: PointVisitor): void {
  const isWhole = (found: string) => found.endsWith("\n") || isAbandoned(path, found);
  const text = readSettledText(path, isWhole, "lines");
  if (text === undefined) return;
  if (!text.endsWith("\n")) abandon(path, text);
  if (text === "") warnTorn(path, "is empty");
  visitLines(path, text, (line) => visitLine(line, kind, visit));
}

/** Bytes that are read at once of a file that is read part by part. */
const PART = 256 * 1024;

/**
 * Visits the points of a run's metric from the line on that begins at a byte of its file, as many as are read in a few milliseconds.
 *
 * @returns the byte at which the next one begins; `undefined` at the end
 * @throws as {@link readPoints}
 */
export function readPart(path: string, start: number, visit: (line: string) => boolean): number | undefined {
  let block = readLines(path, start, PART);
  // Another process may be in the middle of writing the last line.
  for (let wait = 1; wait <= 32 && block && isTorn(block.text) && !isAbandoned(path, block.text, start); wait *= 2) {
    pause(wait);
    block = readLines(path, start, PART);
  }
  if (!block) return undefined;
  if (isTorn(block.text)) abandon(path, block.text, start);
  if (start === 0 && block.text === "") warnTorn(path, "is empty");
  visitLines(path, block.text, visit);
  return block.next;
}

const isTorn = (text: string): boolean => text !== "" && !text.endsWith("\n");

/** A line of a run's metric; `false` when it is no point. */
export const visitRunLine = (line: string, visit: PointVisitor): boolean => visitLine(line, "run", visit);

/** `visit` answers whether a line is a point. */
function visitLines(path: string, text: string, visit: (line: string) => boolean): void {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    start = end + 1;
    if (newline >= 0 && visit(line)) continue;
    if (start < text.length)
      throw new StoreError(messages.corrupt(path, `the line ${JSON.stringify(line.slice(0, 60))} is no metric point`));
    warnTorn(path, "has a half-written line, which is left out");
  }
}

/** How many bytes files had that did not end in a line's end although they were waited for: nobody is writing there. */
const abandoned = new Map<string, number>();

const isAbandoned = (path: string, text: string, start = 0): boolean =>
  abandoned.get(path) === start + Buffer.byteLength(text);

function abandon(path: string, text: string, start = 0): void {
  abandoned.set(path, start + Buffer.byteLength(text));
}

function warnTorn(path: string, what: string): void {
  noteDamage(path);
  warnOnce(`torn:${path}`, `${path} ${what}.`);
}

function visitLine(line: string, kind: MetricFileKind, visit: PointVisitor): boolean {
  const text = line.charCodeAt(line.length - 1) > 32 ? line : line.trimEnd();
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
