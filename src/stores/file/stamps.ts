import { type Stats, statSync } from "node:fs";
import { errorCode } from "../../core";

/**
 * What a file or folder was like when it was read, as one number: while the stamp is the same, so is the content. It is
 * made of change time, size and inode. The change time and not the modification time: no program can set it back.
 */
export type Stamp = number;

/** There was no such file. */
export const ABSENT: Stamp = 0;
/** There was a folder, whatever was in it. */
export const FOLDER: Stamp = 1;
/** It had changed so shortly before that a second change need not show: equal to no stamp. */
export const UNSETTLED: Stamp = -1;

/**
 * How old, in ms, a change must be to be told from the next one: two seconds, the coarsest clock of a file system in use (git's
 * rule for its index: racy-git in its technical documentation).
 */
export const SETTLING_TIME = 2000;

/** The stamp of a file or folder; `settledBefore` is the epoch ms from which on a change is too young. */
export function stampOf(stats: Stats, settledBefore: number): Stamp {
  return stats.ctimeMs < settledBefore ? digest(stats) : UNSETTLED;
}

/** True when the file or folder at `path` is as it was when `stamp` was taken. */
export function matchesStamp(path: string, stamp: Stamp): boolean {
  if (stamp === UNSETTLED) return false;
  const stats = statIfAllowed(path);
  if (stats === "failed") return false;
  if (!stats) return stamp === ABSENT;
  return stamp === FOLDER ? stats.isDirectory() : stamp === digest(stats);
}

/** True when no file lies at `path`; a folder may. */
export function isNoFile(path: string): boolean {
  const stats = statIfAllowed(path);
  return stats !== "failed" && (stats?.isDirectory() ?? true);
}

/** What lies at `path`; `undefined` for nothing. */
export const statIfThere = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/** The same; `undefined` also where it cannot be told, below a file for example. */
export function statIfReachable(path: string): Stats | undefined {
  const stats = statIfAllowed(path);
  return stats === "failed" ? undefined : stats;
}

/** `undefined` also for what can be no path, such as a name that is too long. */
function statIfAllowed(path: string): Stats | undefined | "failed" {
  try {
    return statIfThere(path);
  } catch (cause) {
    return IMPOSSIBLE_PATH.has(errorCode(cause)) ? undefined : "failed";
  }
}

const IMPOSSIBLE_PATH: ReadonlySet<string> = new Set(["ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

/** A hash of 53 bits, greater than the stamps with a name. */
function digest({ ctimeMs, size, ino }: Stats): number {
  // A fraction of 2^-12 ms is the finest that a time of this size has as a double.
  const time = ctimeMs * 4096;
  let high = 0;
  let low = 0;
  for (const word of [time / 2 ** 32, time, size, ino / 2 ** 32, ino]) {
    high = Math.imul((high ^ word) + 0x9e3779b9, 0x85ebca6b);
    low = Math.imul(low ^ word ^ (high >>> 15), 0xc2b2ae35);
    high ^= low >>> 13;
  }
  return 2 + (high >>> 12) * 2 ** 32 + (low >>> 0);
}
