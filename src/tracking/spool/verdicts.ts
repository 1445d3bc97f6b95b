import { type ErrorCode, errorCode, TrackbookError } from "../../core";

/** What a failure says of the operation that was tried. */
export type Verdict =
  /** The server has understood it and does not take it: it will not later either. */
  | "refused"
  /** Something is wrong, with the server, with what stands before it, or with this one operation. */
  | "doubtful"
  /** It says nothing of the operation: it is done later. */
  | "passing";

const VERDICTS: Readonly<Record<ErrorCode, Verdict>> = {
  INVALID_PARAMETER_VALUE: "refused",
  BAD_REQUEST: "refused",
  RESOURCE_ALREADY_EXISTS: "refused",
  RESOURCE_DOES_NOT_EXIST: "refused",
  INVALID_STATE: "doubtful",
  INTERNAL_ERROR: "doubtful",
  DATA_LOSS: "doubtful",
  NOT_IMPLEMENTED: "doubtful",
  TEMPORARILY_UNAVAILABLE: "passing",
  UNAUTHENTICATED: "passing",
  PERMISSION_DENIED: "passing",
  MISSING_PACKAGE: "passing",
  RUN_ENDED: "passing",
  RUN_ACTIVE: "passing",
};

/** What a failure of delivery says. Of an error that is not ours, one of the system passes. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof TrackbookError) return VERDICTS[error.code];
  return errorCode(error) === "" ? "doubtful" : "passing";
}
