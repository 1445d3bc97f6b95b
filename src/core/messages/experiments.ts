import type { Problem } from "../errors";

/** What is said of experiments. */
export const experimentMessages = {
  experimentMismatch: (runId: string, runExperiment: string, given: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Cannot resume run ${runId}: it belongs to experiment ${runExperiment}, not to ${given}.`,
    received: given,
    accepted: runExperiment,
  }),
  experimentNotFound: (idOrName: string, nearest?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `No experiment "${idOrName}" exists.`,
    received: idOrName,
    accepted: "the id or name of an experiment in this tracking store",
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
  experimentDeleted: (name: string, experimentId: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The experiment "${name}" (${experimentId}) is deleted.`,
    received: name,
    accepted: "an experiment in the 'active' state",
    hint: `restore it: new TrackingClient().restoreExperiment("${experimentId}"), or choose another name.`,
  }),
  experimentExists: (name: string, deleted: boolean): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `An experiment "${name}" exists already${deleted ? ", in the state 'deleted'" : ""}.`,
    received: name,
    hint: deleted
      ? "restore it, delete it for good from .trash, or choose another name."
      : "setExperiment(name) uses it.",
  }),
  defaultExperiment: (): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The default experiment (0) cannot be deleted.",
    received: "0",
  }),
};
