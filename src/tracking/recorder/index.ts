export { type BackgroundJob, drainJobs, finishJobs, inBackground, markBusy, settleJobs } from "./background";
export { enqueued, flushQueues, type RecordedRun, recordFailure, recordUnopened, reportStored } from "./recorder";
export { RunQueue } from "./run-queue";
