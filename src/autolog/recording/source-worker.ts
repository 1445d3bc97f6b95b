import { parentPort } from "node:worker_threads";
import { findSegment } from "./source-segment";
import type { SegmentQuestion } from "./source-thread";

/** The thread that reads sources: answers each question with its number and the segment, or with the number alone. */
parentPort?.on("message", ({ id, place, method }: SegmentQuestion) => {
  try {
    parentPort?.postMessage({ id, found: { segment: findSegment(place, method) } });
  } catch {
    parentPort?.postMessage({ id });
  }
});
