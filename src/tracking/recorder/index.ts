export { type BackgroundJob, drainJobs, inBackground, markBusy, settleJobs } from "./background";
export { enqueued, flushAndReport, flushQueues, type RecordedRun, recordFailure, recordUnopened } from "./recorder";
export { RunQueue } from "./run-queue";
