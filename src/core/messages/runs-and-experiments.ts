import { nearest } from "../did-you-mean";
import type { Problem } from "../errors";
import { didYouMean } from "./hints";

/** What is said of runs and experiments, and of what state they are in. */
export const runAndExperimentMessages = {
  badStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown run status.",
    received: status,
    accepted: accepted.join(", "),
    hint: didYouMean(nearest(String(status), accepted), 'endRun("FAILED") ends a run that went wrong.'),
  }),
  runNotFound: (runId: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Run with id=${runId} not found.`,
    received: runId,
    accepted: "the id of a run in this tracking store",
    hint: "await searchRuns() lists the runs here; setTrackingUri() or MLFLOW_TRACKING_URI chooses another store.",
    commandHint:
      "`trackbook runs list` shows the runs here; --tracking-uri or MLFLOW_TRACKING_URI chooses another store.",
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
    commandHint: `restore it first: trackbook runs restore --run-id ${runId}`,
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
    hint: "leave parentRunId out: { nested: true } makes a child of the active run.",
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
    hint: "leave one of the two out.",
  }),
  experimentMismatch: (runId: string, runExperiment: string, given: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Cannot resume run ${runId}: it belongs to experiment ${runExperiment}, not to ${given}.`,
    received: given,
    accepted: runExperiment,
    hint: "name no experiment: a run goes on in its own; setExperiment() chooses that one.",
  }),
  experimentNameAsId: (name: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No experiment has the id "${name}": that is the name of one.`,
    received: name,
    accepted: "an experiment's id",
    hint: `experimentName: ${JSON.stringify(name)} names it.`,
    commandHint: `--experiment-name ${JSON.stringify(name)} names it.`,
  }),
  metricNotFound: (key: string, known: readonly string[], near?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `None of the runs has the metric "${key}".`,
    received: key,
    accepted: known.length === 0 ? "a metric of the runs, which have none" : `one of ${known.slice(0, 20).join(", ")}`,
    hint: didYouMean(near, "await showRuns(runs) shows the metrics that there are."),
  }),
  experimentNotFound: (idOrName: string, near?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No experiment "${idOrName}" exists.`,
    received: idOrName,
    accepted: "the id or name of an experiment in this tracking store",
    hint: didYouMean(near, "await searchExperiments() lists them; setExperiment(name) makes one when a run is opened."),
    commandHint: didYouMean(
      near,
      "`trackbook experiments search --view all` lists them, `trackbook experiments create` makes one.",
    ),
  }),
  experimentDeleted: (name: string, experimentId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The experiment "${name}" (${experimentId}) is deleted.`,
    received: name,
    accepted: "an experiment in the 'active' state",
    hint: `restore it: new TrackingClient().restoreExperiment("${experimentId}"), or choose another name.`,
    commandHint: `restore it, by trackbook experiments restore -x ${experimentId}, or choose another name.`,
  }),
  experimentExists: (name: string, deleted: boolean): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `An experiment "${name}" exists already${deleted ? ", in the state 'deleted'" : ""}.`,
    received: name,
    hint: deleted
      ? "restore it, delete it for good from .trash, or choose another name."
      : "setExperiment(name) uses it.",
    commandHint: deleted
      ? "`trackbook experiments restore` brings it back, `trackbook gc` removes it for good; or choose another name."
      : "`trackbook experiments get` shows it; choose another name.",
  }),
  defaultExperiment: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The default experiment (0) cannot be deleted.",
    received: "0",
    hint: "its runs can: new TrackingClient().deleteRun(runId).",
    commandHint: "its runs can: `trackbook runs delete`.",
  }),
};
