import { type Experiment, globalSlot, InvalidInputError, messages, type Tag, validateOptions } from "../core";
import type { AnyTrackingStore } from "../stores";
import { requiredEntriesOf, requireExperimentName, toExperimentTag } from "./arguments";
import { type ExperimentChoice, findExperimentNow, isMissing } from "./experiment-choice";
import { currentStore } from "./tracking-uri";

const chosen = globalSlot("experiment", () => ({ choice: undefined as ExperimentChoice | undefined }));

/**
 * Notes which experiment the runs to come belong to.
 * @throws INVALID_PARAMETER_VALUE for what is neither a name nor `{name}` nor `{experimentId}`.
 */
export function chooseExperiment(experiment: string | { name: string } | { experimentId: string }): void {
  if (typeof experiment === "string") {
    requireExperimentName(experiment);
    chosen.choice = { name: experiment };
    return;
  }
  validateOptions("setExperiment", experiment, ["name", "experimentId"]);
  const { name, experimentId } = experiment as ExperimentChoice;
  if ((name === undefined) === (experimentId === undefined))
    throw new InvalidInputError(
      messages.wrongType(
        "The experiment",
        experiment,
        "a name, {name} or {experimentId}",
        'setExperiment("penguins") is a call that is right.',
      ),
    );
  if (name !== undefined) requireExperimentName(name);
  else if (typeof experimentId !== "string")
    throw new InvalidInputError(
      messages.wrongType(
        "The experiment's id",
        experimentId,
        "a string",
        "setExperiment({ experimentId: String(id) }) is a call that is right.",
      ),
    );
  chosen.choice = { name, experimentId };
}

/** Whether a run of this experiment, which exists, is one of the experiment that was chosen; true when none was. */
export function isOfChosenExperiment(run: { readonly experimentId: string; readonly experimentName: string }): boolean {
  const { name, experimentId } = chosen.choice ?? {};
  return name !== undefined ? name === run.experimentName : (experimentId ?? run.experimentId) === run.experimentId;
}

/** Sets a tag of the experiment in force, which is made when missing. */
export function setExperimentTag(key: string, value: unknown): void {
  setTagsInForce([toExperimentTag(key, value)]);
}

/** Sets tags of the experiment in force. All are checked before the first is set. */
export function setExperimentTags(tags: Record<string, unknown>): void {
  setTagsInForce(requiredEntriesOf("The tags", tags, toExperimentTag));
}

function setTagsInForce(tags: readonly Tag[]): void {
  const store = currentStore();
  const choice = experimentInForce();
  if (store.spool) {
    store.spool.tagExperiment(choice, tags);
    return;
  }
  const { experimentId } = findExperimentNow(store, choice);
  for (const tag of tags) store.setExperimentTag(experimentId, tag);
}

/** The experiment that a run opened now belongs to: as given, as chosen, as the environment says, else the default one. */
export const experimentInForce = (given: ExperimentChoice = {}): ExperimentChoice =>
  given.name !== undefined || given.experimentId !== undefined ? given : (chosen.choice ?? fromEnvironment());

/**
 * Checks that a run which is to go on belongs to the experiment that was named for it, or else to the one chosen.
 * @throws INVALID_PARAMETER_VALUE
 */
export function validateExperimentOf(runId: string, { name, experimentId }: Experiment, given: ExperimentChoice): void {
  const wanted = given.name !== undefined || given.experimentId !== undefined ? given : (chosen.choice ?? {});
  if (wanted.name !== undefined && wanted.name !== name)
    throw new InvalidInputError(messages.experimentMismatch(runId, name, wanted.name));
  if (wanted.experimentId !== undefined && wanted.experimentId !== experimentId)
    throw new InvalidInputError(messages.experimentMismatch(runId, experimentId, wanted.experimentId));
}

/** The experiment that reading verbs mean when none is named; `undefined` when it does not exist (yet). */
export async function activeExperiment(store: AnyTrackingStore): Promise<Experiment | undefined> {
  const { name, experimentId = "0" } = chosen.choice ?? fromEnvironment();
  if (name !== undefined) return store.getExperimentByName(name);
  try {
    return await store.getExperiment(experimentId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function fromEnvironment(): ExperimentChoice {
  const { MLFLOW_EXPERIMENT_NAME: name, MLFLOW_EXPERIMENT_ID: experimentId } = process.env;
  return name ? { name } : experimentId ? { experimentId } : {};
}
