/** A saved model. */
export interface ModelCard {
  readonly name: string;
  /** The library it belongs to: `tfjs`. */
  readonly flavor?: string;
  /** What goes in and comes out, in words: `[-1, 4] float32 → [-1, 3] float32`. */
  readonly signature?: string;
  /** Bytes of all its files. */
  readonly size?: number;
  /** Where it lies: `mlruns/4b2f…/artifacts/model`, or a model URI. */
  readonly path?: string;
  readonly modelId?: string;
  readonly runName?: string;
  /** The page of that run in a UI. */
  readonly runHref?: string;
  /** The version as which it was registered: `models:/wine/3`. */
  readonly registered?: string;
  /** In words, where the model is not ready to be used: `failed`. */
  readonly state?: string;
  /** The call that loads it again. */
  readonly loadCall?: string;
}

/** Saved models below each other. */
export interface ModelList {
  readonly models: readonly ModelCard[];
  /** How many there are in all. @default the number of models */
  readonly total?: number;
}
