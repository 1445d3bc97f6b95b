import type { Problem } from "../errors";

/** What is said of runs and of what state they are in. */
export const runMessages = {
  badStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown run status.",
    received: status,
    accepted: accepted.join(", "),
  }),
  runNotFound: (runId: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Run with id=${runId} not found.`,
    received: runId,
    accepted: "the id of a run in this tracking store",
  }),
  environmentRunNotFound: (runId: string, uri: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `MLFLOW_RUN_ID names a run that ${uri} does not hold.`,
    received: runId,
    accepted: "the id of a run in this tracking store",
    hint: "unset MLFLOW_RUN_ID, or set MLFLOW_TRACKING_URI to the store of that run.",
  }),
  runDeleted: (runId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    received: runId,
    hint: `restore it first: new TrackingClient().restoreRun("${runId}").`,
  }),
  noRun: (verb: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `${verb} has no run to speak of: none is active.`,
    hint: "startRun() opens one; the option runId names another.",
  }),
  runEnded: (runId: string, verb: string): Problem => ({
    code: "RUN_ENDED",
    what: `${verb} was called on run ${runId}, which has ended.`,
    received: runId,
    hint: `startRun({ runId: "${runId}" }) opens it again.`,
  }),
  runActive: (runId: string): Problem => ({
    code: "RUN_ACTIVE",
    what: `Run with UUID ${runId} is already active.`,
    received: runId,
    hint: "startRun({ nested: true }) makes a child run; endRun() ends the active one.",
  }),
  parentNotActive: (parentRunId: string, activeRunId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Current run with UUID ${activeRunId} does not match the given parentRunId.`,
    received: parentRunId,
    accepted: activeRunId,
  }),
  noRunToShow: (): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: "There is no run to show: none was begun in this process.",
    accepted: "the id of a run",
    hint: "await showRuns() lists the runs that are stored.",
  }),
  runNameMismatch: (runName: string, tag: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Both runName and the tag mlflow.runName are given, with different values ("${runName}" and "${tag}").`,
    received: tag,
    accepted: "one of the two, or the same name twice",
  }),
};
