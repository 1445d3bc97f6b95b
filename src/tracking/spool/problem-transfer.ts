import { InvalidInputError, type Problem, StoreError, TrackbookError } from "../../core";

/** An error as it passes from thread to thread. */
export interface SentError {
  readonly isInvalidInput: boolean;
  readonly problem: Problem;
}

export function toSentError(error: unknown): SentError {
  if (error instanceof TrackbookError)
    return { isInvalidInput: error instanceof InvalidInputError, problem: plain(error.problem) };
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const hint = "this is a fault of trackbook's, and worth being told.";
  return { isInvalidInput: false, problem: { code: "INTERNAL_ERROR", what, hint } };
}

export const fromSentError = ({ isInvalidInput, problem }: SentError): TrackbookError =>
  isInvalidInput ? new InvalidInputError(problem) : new StoreError(problem);

/** What was received may be of a kind that does not pass. */
const plain = (problem: Problem): Problem =>
  "received" in problem ? { ...problem, received: String(problem.received) } : problem;
