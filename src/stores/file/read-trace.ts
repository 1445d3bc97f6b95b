import { fstatSync, type Stats } from "node:fs";
import { ABSENT, FOLDER, SETTLING_TIME, type Stamp, stampOf, statIfThere, UNSETTLED } from "./stamps";

/** Everything that a reader looked at, by path, with its stamp from just before: as long as all of them match, it would read the same again. */
export type ReadTrace = ReadonlyMap<string, Stamp>;

let trace: Map<string, Stamp> | undefined;
let settledBefore = 0;

/**
 * What `read` answers, and a trace of what it looked at through files.ts.
 *
 * @param settlingTime see {@link SETTLING_TIME}
 */
export function traceReads<T>(read: () => T, settlingTime: number = SETTLING_TIME): { value: T; trace: ReadTrace } {
  const made = new Map<string, Stamp>();
  trace = made;
  settledBefore = Date.now() - settlingTime;
  try {
    return { value: read(), trace: made };
  } finally {
    trace = undefined;
  }
}

/** Notes an open file that is about to be read. Answers its stats, which the caller needs anyway. */
export function noteFile(path: string, file: number): Stats {
  const stats = fstatSync(file);
  trace?.set(path, stampOf(stats, settledBefore));
  return stats;
}

/** Notes that there is no file. */
export function noteAbsence(path: string): void {
  trace?.set(path, ABSENT);
}

/** Notes a folder that is about to be listed. `false` when there is none and no need to try. */
export function noteListing(folder: string): boolean {
  if (!trace) return true;
  const stats = statIfThere(folder);
  trace.set(folder, stats ? stampOf(stats, settledBefore) : ABSENT);
  return stats !== undefined;
}

/** Notes that it mattered whether a folder exists. */
export function noteFolder(folder: string, exists: boolean): void {
  trace?.set(folder, exists ? FOLDER : UNSETTLED);
}

/** Notes that a file is to be read anew each time: its state is worth a warning. */
export function noteDamage(path: string): void {
  trace?.set(path, UNSETTLED);
}
