export { type BackgroundJob, drainJobs, finishJobs, inBackground, markBusy, settleJobs } from "./background";
export {
  enqueued,
  flushEachTime,
  flushQueues,
  type RecordedRun,
  recordFailure,
  recordUnopened,
  reportStored,
  tellLost,
} from "./recorder";
export { RunQueue } from "./run-queue";
