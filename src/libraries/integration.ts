import type { Flavor, ModelSignature } from "../models";

/** Where a class stands: in which npm package, and under which export (`[]`: `module.exports` itself). */
export interface HookTarget {
  readonly package: string;
  readonly path: readonly string[];
}

/** One call of a training method or constructor, as the engine saw it. */
export interface TrainingCall {
  /** Exports of the module that the target stands in: the user's own copy of the library. */
  readonly library: unknown;
  readonly libraryVersion: string | undefined;
  /** Name of the class under which it was exported, or of the user's subclass. */
  readonly estimator: string;
  /** `"constructor"`, or the method's name. */
  readonly method: string;
  /** The object being trained; absent before a constructor has run. */
  readonly self: object | undefined;
  /** The user's own arguments, never to be changed; `undefined` where the hook could not see one. */
  readonly args: readonly unknown[];
  /** False when the library was bound before trackbook and arguments were lost. */
  readonly complete: boolean;
  readonly options: TrainingOptions;
  readonly progress: TrainingProgress;
}

/** What the user asked of autolog, as far as it concerns one training. */
export interface TrainingOptions {
  readonly logModels: boolean;
  readonly logDatasets: boolean;
  readonly logModelSignatures: boolean;
  readonly logInputExamples: boolean;
  readonly everyNEpochs: number;
  /** Off when undefined. */
  readonly everyNSteps: number | undefined;
}

/** Through which a running training tells how it goes. Never throws, but under TRACKBOOK_TESTING=1. */
export interface TrainingProgress {
  /** Epochs count from 0; a continued training is moved on by the engine. */
  epoch(epoch: number, metrics: Readonly<Record<string, number>>): void;
  /** Steps (batches) count from 0 over the whole training. */
  step(step: number, metrics: Readonly<Record<string, number>>): void;
  /** Something of the recording went wrong while the training runs: told like every such fault, and noted on the run. */
  fault(error: unknown): void;
  /** True once somebody asked the training to stop (an interrupted notebook cell). */
  readonly stopRequested: boolean;
}

/** A data set that a training used; described later, never in the caller's path beyond a bounded sample. */
export interface TrainingData {
  readonly context: "train" | "eval";
  readonly data: unknown;
  readonly targets?: unknown;
}

/** How to record one training: made before the original runs. */
export interface TrainingPlan {
  readonly estimatorName: string;
  /** The object whose identity is the model's; default: `self`, or what the constructor made. */
  readonly model?: object;
  /** Every hyperparameter, defaults included, under the library's own names. */
  readonly params: Readonly<Record<string, unknown>>;
  /** How many epochs are planned, for the progress line. */
  readonly epochs?: number;
  readonly data?: readonly TrainingData[];
  /** What is handed to the original in place of the user's arguments (an added callback); never their mutation. */
  readonly args?: readonly unknown[];
  /** Until it has settled the event loop does not turn, so nothing that is not called by the training happens meanwhile. */
  readonly holdsLoop?: boolean;
  /** Makes a pending training stop early: `model.stopTraining = true`. */
  stop?(): void;
  /** Tells at once the progress that is not told yet: the training has failed, or the process is about to end. */
  flush?(): void;
  /**
   * Called once after the original has succeeded, before the user gets the result. For a synchronous original it must
   * return at once; for a promise it may be awaited.
   */
  finish(outcome: { readonly result: unknown; readonly model: object }): TrainingOutcome | Promise<TrainingOutcome>;
}

/** What is known of a training once it has succeeded. */
export interface TrainingOutcome {
  /** Only what could not be known before; params already logged stay as they are. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Text or bytes that become artifacts. */
  readonly files?: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  /** The model's signature, or what it is inferred from. */
  readonly signature?: ModelSignature | { readonly input: unknown; readonly output?: unknown };
  /** Data that could only be seen while it passed by (the first batch of a stream): plain copies, recorded beside the plan's. */
  readonly data?: readonly TrainingData[];
  /** Sentences for the card: an early stop, a loss that became NaN. */
  readonly notes?: readonly string[];
}

/** A class whose constructor trains it. */
export interface ConstructorHook {
  readonly kind: "constructor";
  readonly target: HookTarget;
  readonly estimator: string;
  /** How a class that the user bound before trackbook was loaded is hooked without replacing it. */
  readonly late: LateHook;
  begin(call: TrainingCall): TrainingPlan | undefined;
}

/**
 * How a construction is seen without replacing its class. It begins at `super()`, which looks up the parent class dynamically, so that another one can be put between,
 * or with the assignment of its first field, for which an accessor is put on the prototype. It ends with the assignment of a
 * field, or with the return of a method that the constructor calls last.
 */
export interface LateHook {
  readonly begin: "super" | { readonly field: string };
  readonly ends: readonly LateEnd[];
  /** By position: the field that keeps this argument of the constructor, where no {@link CaptureHook} sees it. */
  readonly kept?: readonly (string | undefined)[];
  /** Functions that the constructor calls, from which the rest of the arguments is known. */
  readonly calls?: readonly LateCall[];
  /** Names of arguments that are lost (where there are {@link calls}: when these cannot be watched), for the tag and the warning. */
  readonly lost: readonly string[];
}

/** A function or class of another package that a constructor calls: watched for as long as the constructor runs. */
export interface LateCall extends HookTarget {
  /** What is known of the constructor's arguments after this call: `args` are the call's, `known` was known before. */
  take(args: readonly unknown[], known: readonly unknown[]): readonly unknown[];
}

/** What shows that a construction is over: a field that is assigned (and its object is as `when` says), or a method that returns. */
export type LateEnd =
  | { readonly field: string; readonly when?: (self: Readonly<Record<string, unknown>>) => boolean }
  | { readonly method: string };

/** A class with methods that train it. */
export interface MethodHook {
  readonly kind: "method";
  readonly target: HookTarget;
  readonly estimator: string;
  readonly methods: readonly string[];
  /** The inner object to which `self` hands the same call on: while the outer one is pending, that is no training of its own. */
  delegate?(self: object): object | undefined;
  begin(call: TrainingCall): TrainingPlan | undefined;
}

/** A method that measures a trained model; its metrics go to the run that trained it. */
export interface EvaluationHook {
  readonly target: HookTarget;
  readonly methods: readonly string[];
  /**
   * From the (awaited) result; names as they shall be logged. Called before the user gets the result: what it reads is
   * begun before the first await.
   */
  metrics(call: {
    readonly self: object;
    readonly args: readonly unknown[];
    readonly result: unknown;
  }): Readonly<Record<string, number>> | undefined | Promise<Readonly<Record<string, number>> | undefined>;
}

/** A static or instance method that rebuilds a model without training it (`Class.load`): constructors inside are no trainings. */
export interface RestoreHook {
  readonly target: HookTarget;
  readonly methods: readonly string[];
}

/** A function whose arguments late constructor hooks need: (x, y) as every 1-D regression hands them to it. */
export interface CaptureHook {
  readonly package: string;
  /** File inside the package that exports it. */
  readonly file: string;
  readonly export: string;
}

/** All that autolog knows of one library: data, and functions without state. */
export interface Integration {
  /** The package's name: flavor key, value of `mlflow.autologging`, key in autolog's options. */
  readonly name: string;
  /** Tested versions of each package that is hooked, as semver ranges. */
  readonly packages: Readonly<Record<string, string>>;
  readonly trainings: readonly (ConstructorHook | MethodHook)[];
  readonly evaluations?: readonly EvaluationHook[];
  readonly restores?: readonly RestoreHook[];
  readonly captures?: readonly CaptureHook[];
  readonly flavor?: Flavor;
  /** Called when one of the packages was found loaded, once for each copy: mends known breakage of the library on newer Nodes. */
  prepare?(library: unknown, packageName: string): void;
}
