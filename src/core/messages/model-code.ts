import type { Problem } from "../errors";

/** What is said of the user's code that goes with a model. */
export const modelCodeMessages = {
  noSuchPath: (what: string, path: unknown): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${what}: there is nothing at this path.`,
    received: path,
    accepted: "the path of a file or folder, relative to the working directory",
    hint: "process.cwd() is the working directory; an absolute path, or a file: URL, does not depend on it.",
  }),
  codeFarApart: (one: string, other: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "The code of a model lies on several disks: it cannot keep its places towards each other.",
    received: [one, other],
    accepted: "files and folders that have a folder in common",
    hint: "copy them to one disk first.",
  }),
  functionNotExported: (name: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${name === "" ? "This function" : `The function or class ${name}`} cannot be kept: no module that was loaded with require exports it, and what a function has closed over has no form on disk.`,
    accepted: "a module that exports it",
    hint: 'put it into a file of its own, and log that: logModel({ module: "./model.mjs" }, name).',
  }),
  functionOfMain: (name: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${name === "" ? "This function" : `The function or class ${name}`} cannot be kept: the script that is running exports it, and would run again when the model is loaded.`,
    accepted: "a module that does nothing but export it",
    hint: 'put it into a file of its own, and log that: logModel({ module: "./model.cjs" }, name).',
  }),
  importNotFound: (file: string, specifier: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${file} imports a file that does not exist: the model could not be loaded again.`,
    received: specifier,
    accepted: "relative imports of files that exist",
    hint: "an import that may fail stands inside of try.",
  }),
  importBound: (file: string, specifier: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `${file} imports by a path that means nothing elsewhere: the model could not be loaded there.`,
    received: specifier,
    accepted: "relative paths, and names of packages",
    hint: "name the file by a path that begins with ./ or ../, then it goes with the model.",
  }),
};
