import { InvalidInputError, isDisabled, messages } from "../core";
import { type Integration, putIntegration, registeredIntegrations } from "../libraries";
import type { Flavor } from "../models";
import { addIntegration, patchLoaded, removePatches, watchLoader } from "./hooks";
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
  if (isDisabled()) return;
  setOptions(options);
  if (options.disable) {
    removePatches();
    return;
  }
  watchLoader();
  patchLoaded();
}

/**
 * Adds a library of your own to those that autolog records and that `logModel` and `saveModel` know, by the same kind of descriptor that
 * trackbook's own libraries have.
 * A later one of the same name replaces the earlier.
 *
 * @throws INVALID_PARAMETER_VALUE for what is no descriptor
 */
export function registerIntegration(integration: Integration): void {
  const { name, packages, trainings, flavor } = (integration ?? {}) as Partial<Integration>;
  if (typeof name !== "string" || name === "" || !isObject(packages) || !Array.isArray(trainings))
    throw new InvalidInputError(
      messages.wrongType(
        "The integration",
        integration,
        "a descriptor with name, packages and trainings",
        "type Integration describes it; track(fn) records a single function.",
      ),
    );
  if (flavor !== undefined && !isFlavor(flavor))
    throw new InvalidInputError(
      messages.wrongType(
        `The flavor of ${name}`,
        flavor,
        "a descriptor with name, recognises and snapshot",
        "type Flavor describes it.",
      ),
    );
  addIntegration(integration);
}

/** Makes autolog ready, recording nothing yet: to be called as early as possible. */
export function prepareAutolog(): void {
  if (registeredIntegrations().some(({ name }) => name === trackedFunctions.name)) return;
  putIntegration(trackedFunctions);
  if (!isDisabled()) watchLoader();
}

function isFlavor(value: unknown): boolean {
  const { name, recognises, snapshot } = (value ?? {}) as Partial<Flavor>;
  return typeof name === "string" && typeof recognises === "function" && typeof snapshot === "function";
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
