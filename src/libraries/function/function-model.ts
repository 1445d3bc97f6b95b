/**
 * A model that is a module of the user's own: what `logModel` and `saveModel` take for the flavor `function`. Paths are relative to the
 * working directory.
 */
export interface FunctionModel {
  /**
   * The file that exports `predict(input, params, context)`, or a class (or object) with `predict` and, when it has something to read first,
   * `load(context)`. CommonJS, an ES module, or TypeScript, which is kept as JavaScript. What it imports by relative paths goes with it,
   * the packages that it loads are pinned.
   */
  readonly module: string | URL;
  /** Which export it is. @default `predict`, or the module's default export */
  readonly export?: string;
  /** Files and folders that go with the model, by the names under which `context.artifacts` has their paths. */
  readonly artifacts?: Readonly<Record<string, string | URL>>;
}

/** What `load` and `predict` of a {@link FunctionModel} are told of where they are. */
export interface FunctionContext {
  /** For each of the model's artifacts its absolute path on this machine. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** The model's folder on this machine. */
  readonly folder: string;
}

/**
 * What the module of a {@link FunctionModel} exports: itself, as an object, or as a class that is constructed without arguments. A function alone is
 * its `predict`.
 */
export interface PredictiveModule {
  /** Called once, before the first prediction. */
  load?(context: FunctionContext): unknown;
  /**
   * The predictions for all rows, in order. Which form the input has follows from the model's signature, or without one from what was given: of
   * named columns a list of objects, of unnamed columns a list of lists (of a single one a list of its cells), of a tensor nested
   * lists, of named tensors an object of such. Params are complete: those that were not given have their defaults.
   */
  predict(input: unknown, params: Readonly<Record<string, unknown>>, context: FunctionContext): unknown;
}

/** True for what describes a module. */
export function isFunctionModel(value: unknown): value is FunctionModel {
  if (value === null || typeof value !== "object") return false;
  const { module } = value as Partial<FunctionModel>;
  return typeof module === "string" || module instanceof URL;
}
