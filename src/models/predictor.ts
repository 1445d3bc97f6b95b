import type { ColumnSample, TensorSample } from "./table";

/**
 * What a model is asked, whole and already in the order and the types of its signature: columns (named, or by position) or
 * tensors (named, or one), each value a plain copy.
 */
export type PredictionInput =
  | { readonly kind: "columns"; readonly rows: number; readonly columns: readonly ColumnSample[] }
  | { readonly kind: "tensors"; readonly rows: number; readonly tensors: readonly TensorSample[] };

/** Where a model is made again from. */
export interface ModelSource {
  /** The model's folder on this machine: the one with MLmodel in it. */
  readonly folder: string;
  /** The flavor's entry in MLmodel. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Loads an installed package, from where this model's packages are. Throws as `require` does when it is missing. */
  readonly require: (packageName: string) => unknown;
  /**
   * Imports a module of the user's own that lies in the folder, CommonJS or ES module. The packages that it imports are looked for where
   * `require` looks. Rejects as `import` does; for a package that is missing as `require` throws.
   */
  readonly importModule: (path: string) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * How the models of one flavor are made again and asked. The module that holds it imports nothing at run time, for a
 * copy of it goes with the model: Python's loader runs it where trackbook is not installed.
 */
export interface Predictor<Model = unknown> {
  /** True when what is said of a row may depend on the others. Otherwise many rows are asked in portions where memory is short. */
  readonly whole?: boolean;
  /** The model as its library knows it: what `unwrap()` gives. */
  restore(source: ModelSource): Model | Promise<Model>;
  /**
   * The predictions for every row, in order: nested arrays of plain values, or a record of such for several named outputs.
   */
  predict(model: Model, input: PredictionInput, params: Readonly<Record<string, unknown>>): unknown | Promise<unknown>;
}
