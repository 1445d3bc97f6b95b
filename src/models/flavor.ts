import type { Predictor } from "./predictor";
import type { ModelSignature } from "./signature";

/** One file of a model. */
export interface ModelFile {
  /** Relative to the model's folder, with `/`. */
  readonly path: string;
  /** A string is written as UTF-8. */
  readonly bytes: Uint8Array | string;
}

/** All that is needed to make the model again: copies that nothing the caller does later reaches. */
export interface ModelSnapshot {
  readonly files: readonly ModelFile[];
  /** The flavor's entry in MLmodel: package, package_version, export, the name of the data file, as JSON has it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the model itself declares, for who gives neither a signature nor an example. */
  readonly signature?: ModelSignature;
  /** MLflow's model type, when the flavor knows one. */
  readonly modelType?: string;
  /** The compiled module that exports the flavor's `predictor`, with which Python asks the model: `shippedText(__dirname, "predictor.js")`. */
  readonly predictorCode?: string;
  /** What this model needs, where that is not the same for every model of the flavor: see {@link Flavor.packages}. */
  readonly packages?: Flavor["packages"];
  /** A file of the user's that imports these packages: they are looked up from there. */
  readonly importedBy?: string;
}

/** What is to be kept with a model beside its state. */
export interface SnapshotOptions {
  /** Files and folders of the user's own code. */
  readonly codePaths: readonly string[];
}

/** How one library's models are recognised and taken apart. Each library's folder has one. */
export interface Flavor<Model extends object = object> {
  /** The package's name: the flavor's key in MLmodel, the value of `mlflow.autologging`. */
  readonly name: string;
  /**
   * The packages from which a model is made again. Their installed versions, with all that they need, are pinned beside every model: a `package.json` and a
   * lock file. A list among them stands for one of its packages: the one that the model came from, the first rather than the others. Nothing is pinned where this
   * is left out.
   */
  readonly packages?: readonly (string | readonly string[])[];
  /** True for a trained model of this library, whichever installed copy of the package made it. Never throws. */
  recognises(model: unknown): boolean;
  /**
   * Copies the model's state. What a synchronous caller may change or dispose afterwards is read before the first
   * await. Code that is asked for is added by the caller, save where the flavor keeps some itself (`config.code`).
   *
   * @throws when the model cannot be taken apart; the caller says which.
   */
  snapshot(model: Model, options?: SnapshotOptions): ModelSnapshot | Promise<ModelSnapshot>;
  /** How the snapshot becomes a model again; without it a model is kept, but not loaded. */
  readonly predictor?: Predictor;
}

/** As much of a flavor as is needed to load its models. */
export type LoadableFlavor = Required<Pick<Flavor, "name" | "predictor">>;
