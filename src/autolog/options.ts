import { globalSlot, InvalidInputError, LIMITS, messages, nearest, toText, validateKey, validateRecord } from "../core";
import { isRegisteredModelName } from "../tracking";

/** How much of a training is shown while it runs: a live card, one line at its end, nothing. */
export type AutologDisplay = "auto" | "minimal" | "none";

/** Options that hold for one library when they stand under its name. */
export interface LibraryAutologOptions {
  /** Keep the trained model. @default true */
  logModels?: boolean;
  /** Keep the first rows of the training data with the model. @default false */
  logInputExamples?: boolean;
  /** Infer the model's signature. @default true */
  logModelSignatures?: boolean;
  /** Describe the data sets (digest, schema; never the data). @default true */
  logDatasets?: boolean;
  /** Record nothing and take every hook off. @default false */
  disable?: boolean;
  /** Record nothing into runs that the user has started. @default false */
  exclusive?: boolean;
  /** Stay off for versions of a library that were not tested. @default false */
  disableForUnsupportedVersions?: boolean;
  /** Say nothing: no warnings, no cards. @default false */
  silent?: boolean;
  /** Register each trained model as a version under this name. A model whose training goes on stays the version that it is. */
  registeredModelName?: string;
  /** Tags for every run that a training opens. */
  extraTags?: Record<string, string>;
  /** Keep the executed piece of source. @default true */
  logSource?: boolean;
  /** @default "auto", or what TRACKBOOK_DISPLAY says */
  display?: AutologDisplay;
  /** Log the metrics of each n-th epoch only (and of the last). @default 1 */
  everyNEpochs?: number;
  /** Also log the metrics of each n-th batch. @default off */
  everyNSteps?: number;
  /** A larger model is left out with one warning. Bytes. @default 100 MB */
  maxModelBytes?: number;
}

/** Options of {@link autolog}: for all libraries, and under a library's name for that one (`false` turns it off). */
export interface AutologOptions extends LibraryAutologOptions {
  tfjs?: LibraryAutologOptions | boolean;
  "ml-regression"?: LibraryAutologOptions | boolean;
  "ml-random-forest"?: LibraryAutologOptions | boolean;
  /** What is given to `track`. */
  function?: LibraryAutologOptions | boolean;
  [library: `ml-${string}`]: LibraryAutologOptions | boolean | undefined;
}

const DEFAULTS = {
  logModels: true,
  logInputExamples: false,
  logModelSignatures: true,
  logDatasets: true,
  disable: false,
  exclusive: false,
  disableForUnsupportedVersions: false,
  silent: false,
  registeredModelName: undefined,
  extraTags: {},
  logSource: true,
  display: undefined,
  everyNEpochs: 1,
  everyNSteps: undefined,
  maxModelBytes: 100_000_000,
} as const satisfies { [K in keyof Required<LibraryAutologOptions>]: LibraryAutologOptions[K] };

export type ResolvedOptions = Omit<Required<LibraryAutologOptions>, "registeredModelName" | "display" | "everyNSteps"> &
  Pick<LibraryAutologOptions, "registeredModelName" | "display" | "everyNSteps">;

const state = globalSlot("autolog-options", () => ({
  enabled: false,
  options: {} as AutologOptions,
  /** Each library's, worked out at its first call. */
  resolved: new Map<string, ResolvedOptions>(),
}));

export const isEnabled = (): boolean => state.enabled;

/** Whether all libraries were asked to say nothing. */
export const isSilent = (): boolean => state.options.silent === true;

export function setOptions(options: AutologOptions): void {
  state.options = options;
  state.enabled = options.disable !== true;
  state.resolved.clear();
}

/** What holds for one library: its own options over the common ones over the defaults. */
export function optionsFor(library: string): ResolvedOptions {
  const known = state.resolved.get(library);
  if (known) return known;
  const resolved = resolve(library);
  state.resolved.set(library, resolved);
  return resolved;
}

function resolve(library: string): ResolvedOptions {
  const own = state.options[library as keyof AutologOptions] as LibraryAutologOptions | boolean | undefined;
  const common: Record<string, unknown> = {};
  for (const key of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[])
    if (state.options[key] !== undefined) common[key] = state.options[key];
  const disable = !state.enabled || own === false;
  return { ...DEFAULTS, ...common, ...(typeof own === "object" ? own : {}), ...(disable ? { disable } : {}) };
}

const KINDS: { readonly [K in keyof typeof DEFAULTS]: { accepted: string; test: (value: unknown) => boolean } } =
  (() => {
    const flag = { accepted: "true or false", test: (value: unknown) => typeof value === "boolean" };
    const count = {
      accepted: "a whole number ≥ 1",
      test: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
    };
    return {
      logModels: flag,
      logInputExamples: flag,
      logModelSignatures: flag,
      logDatasets: flag,
      disable: flag,
      exclusive: flag,
      disableForUnsupportedVersions: flag,
      silent: flag,
      logSource: flag,
      registeredModelName: {
        accepted: "a registered model's name: not blank, at most 256 characters, without / \\ : %",
        test: isRegisteredModelName,
      },
      extraTags: {
        accepted: "an object of texts",
        test: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      },
      display: {
        accepted: '"auto", "minimal" or "none"',
        test: (value) => ["auto", "minimal", "none"].includes(value as string),
      },
      everyNEpochs: count,
      everyNSteps: count,
      maxModelBytes: { accepted: "a number of bytes ≥ 0", test: (value) => typeof value === "number" && value >= 0 },
    };
  })();

/** @throws INVALID_PARAMETER_VALUE for an unknown key, with the nearest one, and for a value of the wrong kind */
export function validateAutologOptions(
  options: unknown,
  libraries: readonly string[],
): asserts options is AutologOptions {
  validateRecord("The options of autolog", options);
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const isLibrary = libraries.includes(key) || isLibraryToCome(key, libraries);
    if (!isLibrary) validateOption("autolog", key, value, libraries);
    else if (typeof value !== "boolean") {
      validateRecord(`The options of autolog for ${key}`, value);
      for (const [inner, given] of Object.entries(value))
        if (given !== undefined) validateOption(`autolog's ${key}`, inner, given, []);
    }
  }
}

/** A key may name a library that is registered later, but not one that is nearly the name of a known one. */
const isLibraryToCome = (key: string, libraries: readonly string[]): boolean =>
  key.startsWith("ml-") && nearest(key, libraries) === undefined;

function validateOption(verb: string, key: string, value: unknown, libraries: readonly string[]): void {
  const accepted = [...Object.keys(KINDS), ...libraries];
  const kind = Object.hasOwn(KINDS, key) ? KINDS[key as keyof typeof KINDS] : undefined;
  if (!kind) throw new InvalidInputError(messages.unknownOption(verb, key, accepted, nearest(key, accepted)));
  if (!kind.test(value))
    throw new InvalidInputError(
      messages.wrongType(`${verb}'s option ${key}`, value, kind.accepted, "leave it out for its default."),
    );
  if (key === "extraTags") validateTags(value as Readonly<Record<string, unknown>>);
}

function validateTags(tags: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(tags)) {
    validateKey("tag", key);
    toText("tag", key, value, LIMITS.tagValueLength);
  }
}
