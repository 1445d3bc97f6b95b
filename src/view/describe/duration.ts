import type { RunInfo } from "../../core";

/**
 * Milliseconds from a run's start to its end, or to `now` while it runs: a run that was taken up again still has its former end.
 * `undefined` for a run that is over and has no end.
 */
export function durationOf({ status, startTime, endTime }: RunInfo, now: number): number | undefined {
  const end = status === "RUNNING" || status === "SCHEDULED" ? now : endTime;
  return end === undefined ? undefined : Math.max(0, end - startTime);
}
