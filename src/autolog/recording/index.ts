export { requireEvaluation, requireRecording } from "./on-demand";
export { isRecorded, recordTraining } from "./record-training";
export type { CaughtCall } from "./recording";
