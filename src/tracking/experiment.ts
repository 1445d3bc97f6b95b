import { type Experiment, globalSlot, InvalidInputError, LIMITS, messages, nearest, validateOptions } from "../core";
import type { TrackingStore } from "../stores";

interface ExperimentChoice {
  readonly name?: string;
  readonly experimentId?: string;
}

const chosen = globalSlot("experiment", () => ({ choice: undefined as ExperimentChoice | undefined }));

/**
 * Chooses the experiment for the runs to come, by name (made when missing) or id. Lazy: whether it exists shows when a run is opened.
 *
 * @throws INVALID_PARAMETER_VALUE for what is neither a name nor `{name}` nor `{experimentId}`.
 * @example setExperiment("penguins");
 */
export function setExperiment(experiment: string | { name: string } | { experimentId: string }): void {
  if (typeof experiment === "string") {
    validateExperimentName(experiment);
    chosen.choice = { name: experiment };
    return;
  }
  validateOptions("setExperiment", experiment, ["name", "experimentId"]);
  const { name, experimentId } = experiment as ExperimentChoice;
  if ((name === undefined) === (experimentId === undefined))
    throw new InvalidInputError(messages.wrongType("The experiment", experiment, "a name, {name} or {experimentId}"));
  if (name !== undefined) validateExperimentName(name);
  else if (typeof experimentId !== "string")
    throw new InvalidInputError(messages.wrongType("The experiment's id", experimentId, "a string"));
  chosen.choice = { name, experimentId };
}

/** The experiment that a run opened now belongs to: as given, as chosen, as the environment says, else the default one. */
export function resolveExperiment(store: TrackingStore, given: ExperimentChoice = {}): Experiment {
  const { name, experimentId } =
    given.name !== undefined || given.experimentId !== undefined ? given : (chosen.choice ?? fromEnvironment());
  const experiment = name !== undefined ? byName(store, name) : byId(store, experimentId ?? "0");
  if (experiment.lifecycleStage === "deleted")
    throw new InvalidInputError(messages.experimentDeleted(experiment.name, experiment.experimentId));
  return experiment;
}

function fromEnvironment(): ExperimentChoice {
  const { MLFLOW_EXPERIMENT_NAME: name, MLFLOW_EXPERIMENT_ID: experimentId } = process.env;
  return name ? { name } : experimentId ? { experimentId } : {};
}

function byName(store: TrackingStore, name: string): Experiment {
  const found = store.getExperimentByName(name);
  if (found) return found;
  try {
    return store.getExperiment(store.createExperiment(name));
  } catch (error) {
    const madeMeanwhile = store.getExperimentByName(name);
    if (madeMeanwhile) return madeMeanwhile;
    throw error;
  }
}

function byId(store: TrackingStore, experimentId: string): Experiment {
  try {
    return store.getExperiment(experimentId);
  } catch (cause) {
    if ((cause as { code?: string }).code !== "RESOURCE_DOES_NOT_EXIST") throw cause;
    const known = store.searchExperiments({ viewType: "ALL" }).items.flatMap((e) => [e.experimentId, e.name]);
    throw new InvalidInputError(messages.experimentNotFound(experimentId, nearest(experimentId, known)), { cause });
  }
}

function validateExperimentName(name: unknown): void {
  if (typeof name !== "string" || name.trim() === "" || name.length > LIMITS.experimentNameLength)
    throw new InvalidInputError(messages.nameLength("experiment", name, LIMITS.experimentNameLength));
}
