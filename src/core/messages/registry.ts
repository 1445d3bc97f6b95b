import type { Problem } from "../errors";

/** What is said of registered models, their versions and their aliases. */
export const registryMessages = {
  registeredModelNotFound: (name: string, nearest?: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `Registered Model with name=${name} not found.`,
    received: name,
    accepted: "the name of a registered model in this registry",
    hint: nearest ? `did you mean "${nearest}"?` : "await searchRegisteredModels() lists them.",
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
    hint: nearest ? `did you mean "${nearest}"?` : undefined,
  }),
};
