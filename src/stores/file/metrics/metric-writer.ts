import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { errorCode, pause, publishFile } from "../../../core";
import { listKeys, writeKey } from "../files";
import { keyPath, METRICS_FOLDER } from "../layout";
import { keepInPages } from "./page-lines";

/**
 * Appends lines to a metric of the run or LoggedModel in `folder`. `touched`: the files known to end in whole lines, for this
 * process has written them; one that a write failed on, as on a full disk, is no longer among them.
 */
export function appendSeries(folder: string, key: string, lines: Buffer, touched: Set<string>): void {
  const path = keyPath(folder, METRICS_FOLDER, key);
  const isFirst = !touched.delete(path);
  writeKey("metric", key, folder, path, () => {
    // Whole or not at all: Python refuses a run that has an empty metric.
    if (isFirst && !existsSync(path) && publishFile(path, keepInPages(lines, 0), folder)) return;
    if (isFirst) mendEnd(path);
    appendPoints(path, lines);
  });
  touched.add(path);
}

/** Mends what a process that was killed has left half-written in the metrics of the run in `folder`. */
export function mendSeries(folder: string): void {
  for (const key of listKeys(join(folder, METRICS_FOLDER))) mendEnd(keyPath(folder, METRICS_FOLDER, key));
}

/** Appends in one write, so that lines of several processes do not mix. */
function appendPoints(path: string, lines: Buffer): void {
  const file = openSync(path, "a");
  try {
    appendFileSync(file, keepInPages(lines, fstatSync(file).size));
  } catch (cause) {
    mendAfter(path);
    throw cause;
  } finally {
    closeSync(file);
  }
}

/** A full disk may have taken half a line. What cannot be mended now is at the next write. */
function mendAfter(path: string): void {
  try {
    mendEnd(path);
  } catch {
    // The failure of the write is told, and says the same.
  }
}

/**
 * Takes away a half-written last line: what stuck to it would be lost, and Python refuses a run that has one, or takes its
 * `0.12` for the value. The file is not cut, for another process may be appending: the line before gets spaces at its end.
 */
function mendEnd(path: string): void {
  const torn = tornEnd(path);
  if (!torn) return;
  const file = openSync(path, "r+");
  try {
    if (torn.start === 0) ftruncateSync(file, 0);
    else writeSync(file, `${" ".repeat(torn.end - torn.start)}\n`, torn.start - 1);
  } finally {
    closeSync(file);
  }
}

/** Longer than any line of a metric. */
const LONGEST_LINE = 4096;

/** From where to where there is a line without its end; `undefined` when all are whole. */
function tornEnd(path: string): { readonly start: number; readonly end: number } | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    // Another process's write in progress looks torn as well, but only for a moment.
    for (let wait = 1; wait <= 32; wait *= 2) {
      if (endsWhole(file)) return undefined;
      pause(wait);
    }
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, LONGEST_LINE));
    const length = readSync(file, tail, 0, tail.length, size - tail.length);
    const newline = tail.subarray(0, length).lastIndexOf(10);
    if (newline < 0) return size <= LONGEST_LINE ? { start: 0, end: size } : undefined;
    return { start: size - tail.length + newline + 1, end: size };
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw cause;
  }
}

function endsWhole(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 10);
}
