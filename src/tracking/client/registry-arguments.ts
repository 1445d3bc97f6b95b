import { InvalidInputError, LIMITS, messages, type Tag, toText, validateKey } from "../../core";

const PROMPT_TAG = "mlflow.prompt.is_prompt";
const NAME = /^(?!\.{1,2}$)[^/:\0]+$/;
// As Python's \w, letters of every script.
const ALIAS = /^[\p{L}\p{N}\p{M}_-]+$/u;

/** Throws unless `name` can name a registered model. */
export function requireRegisteredModelName(name: unknown): asserts name is string {
  if (!isRegisteredModelName(name))
    throw new InvalidInputError(messages.badRegisteredModelName(name, LIMITS.registeredModelNameLength));
}

/** True for what can name a registered model. */
export const isRegisteredModelName = (name: unknown): name is string =>
  typeof name === "string" && name.trim() !== "" && NAME.test(name) && name.length <= LIMITS.registeredModelNameLength;

/** The number of a version, which may be given as text, as MLflow's REST API has it. */
export function toVersion(version: unknown): number {
  const number = typeof version === "string" && /^\d+$/.test(version) ? Number(version) : version;
  if (!Number.isSafeInteger(number) || (number as number) < 1)
    throw new InvalidInputError(messages.badVersion(version));
  return number as number;
}

/** Throws unless `alias` can be an alias; `latest` and `v1` can be read but not set. */
export function requireAlias(alias: unknown, use: "read" | "set"): asserts alias is string {
  const limit = LIMITS.aliasLength;
  if (typeof alias !== "string" || !ALIAS.test(alias) || alias.length > limit)
    throw new InvalidInputError(messages.badAlias(alias, limit));
  if (use === "set" && /^(?:latest|v\d+)$/i.test(alias)) throw new InvalidInputError(messages.reservedAlias(alias));
}

/** A tag of a registered model or version, its value as text; too long values are refused, as MLflow does. */
export function toRegistryTag(key: unknown, value: unknown): Tag {
  validateKey("tag", key);
  const limit = LIMITS.registryTagValueLength;
  const text = toText("tag", key, value, Number.POSITIVE_INFINITY);
  if (text.length > limit) throw new InvalidInputError(messages.valueTooLong("tag", key, text.length, limit));
  return { key, value: text };
}

/** Throws when tags say that this is a prompt, which MLflow keeps in the same place as models. */
export function refusePrompt(tags: readonly Tag[]): void {
  if (tags.some(({ key }) => key === PROMPT_TAG)) throw new InvalidInputError(messages.promptAsModel(PROMPT_TAG));
}

/** Throws unless `description` is text or left out. */
export function requireDescription(description: unknown): asserts description is string | undefined {
  if (description !== undefined && typeof description !== "string")
    throw new InvalidInputError(messages.badArgument("The description", description, "a string"));
}
