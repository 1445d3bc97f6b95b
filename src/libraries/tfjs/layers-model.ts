/** What is looked at of a tensor. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<number>>;
  dataSync(): ArrayLike<number>;
}

/** An input or output of a model: `null` in its shape stands for any length. */
export interface SymbolicTensorLike {
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
}

/** What is looked at of a `tf.Optimizer`. */
export interface OptimizerLike {
  readonly learningRate?: unknown;
  getClassName(): string;
  getConfig(): Readonly<Record<string, unknown>>;
}

/** What is looked at of a layer. */
export interface LayerLike {
  readonly name: string;
  readonly outputShape: unknown;
  getClassName(): string;
}

/** What `model.save` hands to its handler. */
export interface ModelArtifacts {
  readonly modelTopology: unknown;
  readonly format?: string;
  readonly generatedBy?: string;
  readonly convertedBy?: string | null;
  readonly userDefinedMetadata?: unknown;
  readonly weightSpecs?: readonly unknown[];
  readonly weightData?: ArrayBuffer | readonly ArrayBuffer[];
}

/** What is looked at of a `tf.LayersModel` or `tf.Sequential`, of any copy of the library. */
export interface LayersModelLike {
  readonly inputs: readonly SymbolicTensorLike[];
  readonly outputs: readonly SymbolicTensorLike[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly layers: readonly LayerLike[];
  readonly metricsNames?: readonly string[];
  readonly optimizer?: OptimizerLike;
  readonly loss?: unknown;
  readonly metrics?: unknown;
  readonly isTraining: boolean;
  /** A `Sequential` trains and measures through this one, once it is built. */
  readonly model?: LayersModelLike;
  stopTraining: boolean;
  summary(lineLength: number | undefined, positions: undefined, print: (line: string) => void): void;
  /** Loss, metrics and optimizer by name; throws for functions. */
  getTrainingConfig(): unknown;
  toJSON(unused: null, returnString: false): { readonly class_name?: string };
  save(
    handler: { save(artifacts: ModelArtifacts): Promise<unknown> },
    config: { includeOptimizer: boolean },
  ): Promise<unknown>;
}

/** True for a layers model of any copy of TensorFlow.js. Never throws. */
export function isLayersModel(value: unknown): value is LayersModelLike {
  if (value === null || typeof value !== "object") return false;
  try {
    const { layers, summary, save, toJSON, fitDataset } = value as Partial<LayersModelLike> & { fitDataset?: unknown };
    return Array.isArray(layers) && [summary, save, toJSON, fitDataset].every((method) => typeof method === "function");
  } catch {
    return false;
  }
}

/** True while `fit` or `fitDataset` of the model is pending, which validates through `evaluate` itself. */
export const isBeingTrained = (model: LayersModelLike): boolean => (model.model ?? model).isTraining;

/** True for a tensor of any copy of TensorFlow.js. */
export function isTensor(value: unknown): value is TensorLike {
  if (value === null || typeof value !== "object") return false;
  const { shape, dtype, dataSync } = value as Partial<TensorLike>;
  return Array.isArray(shape) && typeof dtype === "string" && typeof dataSync === "function";
}
