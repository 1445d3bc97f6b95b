import type { Problem } from "../errors";
import { didYouMean, withoutCharacters } from "./hints";

/** What is said of registered models, their versions and their aliases. */
export const registryMessages = {
  registeredModelNotFound: (name: string, nearest?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Registered Model with name=${name} not found.`,
    received: name,
    accepted: "the name of a registered model in this registry",
    hint: didYouMean(nearest, "await new TrackingClient().searchRegisteredModels() lists them."),
  }),
  registeredModelExists: (name: string): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `Registered Model (name=${name}) already exists.`,
    received: name,
    hint: "registerModel(uri, name) adds a version to it.",
  }),
  modelVersionNotFound: (name: string, version: number): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Model Version (name=${name}, version=${version}) not found.`,
    received: version,
    accepted: `a version of the registered model ${JSON.stringify(name)}`,
    hint: `await searchModelVersions({ filter: "name = '${name}'" }) lists them.`,
  }),
  noVersions: (name: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `The registered model ${JSON.stringify(name)} has no version.`,
    received: name,
    hint: "registerModel(uri, name) adds one.",
  }),
  aliasNotFound: (name: string, alias: string, aliases: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Registered model alias ${alias} not found: ${JSON.stringify(name)} has no such alias.`,
    received: alias,
    accepted: [...aliases.slice(0, 20), "latest"].join(", "),
    hint: didYouMean(nearest, "new TrackingClient().setRegisteredModelAlias(name, alias, version) sets one."),
  }),
  badRegisteredModelName: (name: unknown, limit: number, refused = "/ :"): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid registered model name.",
    received: name,
    accepted: `a string of 1 to ${limit} characters, not blank and without ${refused}`,
    hint:
      typeof name === "string" && /^models:/i.test(name)
        ? "models:/name/version is a model's URI; the name alone is meant here."
        : didYouMean(
            withoutCharacters(name, refused === "/ :" ? /[/:]/g : /[/\\:%]/g),
            'registerModel(uri, "penguins") is a call that is right.',
          ),
  }),
  badVersion: (version: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "This is no version of a registered model.",
    received: version,
    accepted: "a whole number from 1 on, as a number or as text",
    hint:
      typeof version === "string" && version !== ""
        ? "getModelVersionByAlias(name, alias) takes an alias."
        : "1 is the version that was registered first.",
  }),
  badAlias: (alias: unknown, limit: number): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid alias name.",
    received: alias,
    accepted: `a string of 1 to ${limit} characters: letters, digits, _ -`,
    hint: didYouMean(withoutCharacters(alias, /[^a-zA-Z0-9_-]/g), '"champion" is an alias that is right.'),
  }),
  reservedAlias: (alias: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `The alias name ${JSON.stringify(alias)} is reserved.`,
    received: alias,
    accepted: "any other than latest, which is always the highest version, and v with a number",
    hint: "models:/name/latest and models:/name/7 need no alias.",
  }),
  badStage: (stage: unknown, accepted: readonly string[], nearest?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Invalid Model Version stage.",
    received: stage,
    accepted: accepted.join(", "),
    hint: didYouMean(nearest, "an alias tells more: setRegisteredModelAlias(name, alias, version)."),
  }),
  cannotArchive: (stage: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "archiveExistingVersions has no meaning in this stage.",
    received: stage,
    accepted: "Staging or Production",
    hint: "leave archiveExistingVersions out.",
  }),
  promptAsModel: (tag: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Prompts cannot be registered as models, and the tag ${tag} says that this is one.`,
    received: tag,
    accepted: "other tags",
    hint: "leave the tag out; Python's mlflow.genai.register_prompt() keeps prompts.",
  }),
  failedModel: (modelId: string): Problem => ({
    code: "INVALID_STATE",
    what: `The logged model ${modelId} cannot be registered: its files could not be stored.`,
    received: modelId,
    accepted: "a logged model that is READY",
    hint: "log the model again; flush() tells why the files could not be stored.",
  }),
};
