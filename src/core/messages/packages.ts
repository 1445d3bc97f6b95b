import type { Problem } from "../errors";

/** What is said of the packages that a model needs. */
export const packageMessages = {
  packageNotInstalled: (names: readonly string[]): Problem => ({
    code: "MISSING_PACKAGE",
    what: `${names.join(" or ")} is in no node_modules folder of this program.`,
    accepted: "a package that npm, pnpm or yarn installed into node_modules",
    hint: `run npm install ${names[0]}.`,
  }),
  packageUnreadable: (path: string, cause: unknown): Problem => ({
    code: "INVALID_STATE",
    what: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: "install the package again.",
  }),
  packageTooLarge: (
    name: string,
    folder: string,
    limits: { readonly bytes: number; readonly files: number },
  ): Problem => ({
    code: "INVALID_STATE",
    what: `${name} comes from no registry and is too large to be copied into a model's folder.`,
    received: folder,
    accepted: `a package of at most ${limits.files} files and ${limits.bytes} bytes, or one from a registry`,
    hint: 'the list "files" in its package.json says what belongs to it.',
  }),
  packagesTangled: (name: string): Problem => ({
    code: "INVALID_STATE",
    what: `The installed copies of ${name} need one another in a circle of versions that no lock file can hold.`,
    hint: "npm dedupe may untie them.",
  }),
  packagesNotPinned: (modelFolder: string, file: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: `The model does not say in which versions it needs its packages: its folder has no ${file}.`,
    received: modelFolder,
    accepted: "the folder of a model that trackbook has logged where the packages were installed by npm, pnpm or yarn",
    hint: "log the model again where its packages are installed.",
  }),
  npmMissing: (): Problem => ({
    code: "MISSING_PACKAGE",
    what: "There is no npm to install the model's packages with.",
    accepted: "npm on the PATH; it comes with Node.js",
    hint: "install Node.js with npm, or put npm's folder on the PATH.",
  }),
  npmFailed: (ended: string, lastLines: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The model's packages could not be installed: npm ci ended with ${ended}.${lastLines && `\n${lastLines}\n`}`,
    hint: "npm's own words above say why; npm ci in the model's folder tries again.",
  }),
};
