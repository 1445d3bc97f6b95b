import { chooseExperiment, isOfChosenExperiment } from "../experiment";
import { chooseTrackingUri, isCurrentStore } from "../tracking-uri";
import { endImplicitRun } from "./active-run";
import type { OpenRun } from "./open-run";
import { implicitRun } from "./run-stack";

/** Whether a run opened here and now would lie in the store and the experiment of `run`. */
export const isRunOfThisPlace = (run: OpenRun): boolean => isCurrentStore(run.store) && isOfChosenExperiment(run);

/**
 * Chooses where runs are kept from now on: a folder, as a path or `file:` URI. An empty string goes back to `MLFLOW_TRACKING_URI` or the default.
 * Runs that `startRun` opened stay where they were begun; an active run that nobody opened ends there, so that the next verb opens one here.
 *
 * @throws INVALID_PARAMETER_VALUE for what is no string, or names no store that trackbook has.
 * @example setTrackingUri("./results/mlruns");
 */
export function setTrackingUri(uri: string): void {
  chooseTrackingUri(uri);
  endImplicitRunElsewhere();
}

/**
 * Chooses the experiment for the runs to come, by name (made when missing) or id. Lazy: whether it exists shows when a run is opened.
 * A run that `startRun` opened stays active; one that nobody opened ends when it belongs to another experiment.
 *
 * @throws INVALID_PARAMETER_VALUE for what is neither a name nor `{name}` nor `{experimentId}`.
 * @example setExperiment("penguins");
 */
export function setExperiment(experiment: string | { name: string } | { experimentId: string }): void {
  chooseExperiment(experiment);
  endImplicitRunElsewhere();
}

function endImplicitRunElsewhere(): void {
  const run = implicitRun();
  if (run && !isRunOfThisPlace(run)) endImplicitRun();
}
