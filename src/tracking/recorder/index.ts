export { type BackgroundJob, drainJobs, inBackground, markBusy } from "./background";
export { enqueued, flushAndReport, flushQueues, type RecordedRun, recordFailure } from "./recorder";
export { RunQueue } from "./run-queue";
