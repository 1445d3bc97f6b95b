import {
  doLater,
  doNow,
  type Experiment,
  InvalidInputError,
  LIMITS,
  messages,
  nearest,
  step,
  type Steps,
} from "../core";
import type { AnyTrackingStore, TrackingStore } from "../stores";

/** Which experiment, as its user said it: by name, which makes it when missing, or by id; the default one when nothing is said. */
export interface ExperimentChoice {
  readonly name?: string;
  readonly experimentId?: string;
}

/**
 * The experiment that is chosen.
 * @throws INVALID_PARAMETER_VALUE for one that is deleted, and for an id that is none
 */
export const findExperimentNow = (store: TrackingStore, choice: ExperimentChoice): Experiment =>
  doNow(find(store, choice));

/** The same where it takes its time. */
export const findExperiment = (store: AnyTrackingStore, choice: ExperimentChoice): Promise<Experiment> =>
  doLater(find(store, choice));

function* find(store: AnyTrackingStore, { name, experimentId = "0" }: ExperimentChoice): Steps<Experiment> {
  const experiment = name !== undefined ? yield* byName(store, name) : yield* byId(store, experimentId);
  if (experiment.lifecycleStage === "deleted")
    throw new InvalidInputError(messages.experimentDeleted(experiment.name, experiment.experimentId));
  return experiment;
}

function* byName(store: AnyTrackingStore, name: string): Steps<Experiment> {
  const found = yield* step(store.getExperimentByName(name));
  if (found) return found;
  try {
    return yield* step(store.getExperiment(yield* step(store.createExperiment(name))));
  } catch (error) {
    const madeMeanwhile = yield* step(store.getExperimentByName(name));
    if (madeMeanwhile) return madeMeanwhile;
    throw error;
  }
}

function* byId(store: AnyTrackingStore, experimentId: string): Steps<Experiment> {
  try {
    return yield* step(store.getExperiment(experimentId));
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    if (yield* step(store.getExperimentByName(experimentId)))
      throw new InvalidInputError(messages.experimentNameAsId(experimentId), { cause });
    const { items } = yield* step(store.searchExperiments({ viewType: "ALL", maxResults: LIMITS.searchMaxResults }));
    const known = items.map((experiment) => experiment.experimentId);
    throw new InvalidInputError(messages.experimentNotFound(experimentId, nearest(experimentId, known)), { cause });
  }
}

/** Whether an error says that there is no such thing. */
export const isMissing = (error: unknown): boolean => (error as { code?: string }).code === "RESOURCE_DOES_NOT_EXIST";
