import type { Problem } from "../errors";

/** What is said of models and of the folders that they are saved in. */
export const modelMessages = {
  unknownModel: (model: unknown, libraries: readonly string[], flavor?: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: flavor ? `This is no trained model of ${flavor}.` : "This is no model of a library that trackbook knows.",
    received: model,
    accepted: `a trained model of ${libraries.join(", ")}`,
  }),
  badModelStatus: (status: unknown, accepted: readonly string[]): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "Unknown final status of a logged model.",
    received: status,
    accepted: accepted.join(", "),
  }),
  folderNotEmpty: (path: string): Problem => ({
    code: "RESOURCE_ALREADY_EXISTS",
    what: `${path} exists already and is not empty.`,
    received: path,
    accepted: "a folder that does not exist yet, or is empty",
    hint: "choose another folder, or remove this one first.",
  }),
  modelFolderFailed: (path: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The model could not be written to ${path}; nothing was left there.`,
    received: path,
  }),
};
