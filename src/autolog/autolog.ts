import { InvalidInputError, messages, warnOnce } from "../core";
import { integrations, type Integration } from "../libraries";
import { addIntegration, patchLoaded, registeredIntegrations, removePatches, watchLoader } from "./hooks";
import { type AutologOptions, setOptions, validateAutologOptions } from "./options";
import { trackedFunctions } from "./tracked-functions";

/**
 * From now on, what the libraries train is recorded: hyperparameters, metrics, model, data set and source, on one run each. Call it once, anywhere;
 * call it again with other options, or with `disable: true` to take every hook off.
 *
 * It never changes a training: the same result bit for bit, the same exceptions.
 *
 * @throws INVALID_PARAMETER_VALUE for an unknown option, with the nearest one, and for a value of the wrong kind
 * @example
 * import { autolog } from "trackbook";
 * autolog();
 * @example
 * autolog({ logModels: false, tfjs: { everyNSteps: 10 } });
 */
export function autolog(options: AutologOptions = {}): void {
  validateAutologOptions(
    options,
    registeredIntegrations().map(({ name }) => name),
  );
  setOptions(options);
  if (options.disable) {
    removePatches();
    return;
  }
  if (options.registeredModelName !== undefined)
    warnOnce("registeredModelName", "this store has no model registry yet: models are logged and not registered");
  watchLoader();
  patchLoaded();
}

/**
 * Adds a library of your own to those that autolog records, by the same kind of descriptor that trackbook's own libraries have.
 * A later one of the same name replaces the earlier.
 *
 * @throws INVALID_PARAMETER_VALUE for what is no descriptor
 */
export function registerIntegration(integration: Integration): void {
  const { name, packages, trainings } = (integration ?? {}) as Partial<Integration>;
  if (typeof name !== "string" || name === "" || !isObject(packages) || !Array.isArray(trainings))
    throw new InvalidInputError(
      messages.wrongType("The integration", integration, "a descriptor with name, packages and trainings"),
    );
  addIntegration(integration);
}

/** Makes autolog ready, recording nothing yet: to be called as early as possible. */
export function prepareAutolog(): void {
  if (registeredIntegrations().length > 0) return;
  for (const integration of [...integrations, trackedFunctions]) addIntegration(integration);
  watchLoader();
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
