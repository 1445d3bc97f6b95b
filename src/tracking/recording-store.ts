import { type Experiment, globalSlot, type RunEntity, type Tag, type TrackbookError } from "../core";
import type { TrackingStore } from "../stores";
import type { ExperimentChoice } from "./experiment-choice";
import type { FileAction } from "./files";

/** What a new run is given. */
export interface RunDraft {
  readonly runName: string;
  readonly userId: string;
  readonly startTime: number;
  readonly tags: readonly Tag[];
}

/** Whose artifacts. */
export type FileOwner = { readonly run: string } | { readonly model: string };

/** What the server has made of an id of ours. */
export interface Confirmed {
  readonly id: string;
  readonly artifactUri: string;
  readonly experimentId: string;
}

/** What has not reached a run on its server for good. */
export interface Lost {
  readonly run?: string;
  readonly what: string;
  readonly error: TrackbookError;
}

/** What a store that is behind a wire, or is to be filled later, has besides what others have: its writes wait on this machine's disk until the server has them. */
export interface StoreSpool {
  /**
   * Opens a run on the server. When that does not answer in time, one that `mayWait` is opened here, under an id of ours.
   * @throws what the server says; TEMPORARILY_UNAVAILABLE when it cannot be asked and the run may not wait
   */
  openRun(
    experiment: ExperimentChoice,
    draft: RunDraft,
    options: { readonly mayWait: boolean },
  ): { readonly run: RunEntity; readonly experiment: Pick<Experiment, "experimentId" | "name"> };
  /** What the server has made of an id of ours; `undefined` for one of its own, and while it has not been asked. */
  confirmed(id: string): Confirmed | undefined;
  /** True while an id is ours alone. */
  isProvisional(id: string): boolean;
  /** Where a model's artifacts are, or a name for that which is replaced in what is sent. */
  placeOf(modelId: string): string;
  /** Takes the bytes now, and brings them where they belong in the background. */
  keepFile(owner: FileOwner, action: FileAction): void;
  removeFile(owner: FileOwner, path: string): void;
  /** Registers a model when the server has it. */
  register(modelId: string, name: string, registryUri: string): void;
  tagExperiment(experiment: ExperimentChoice, tags: readonly Tag[]): void;
  /** Resolves when the server has everything, rejects when it does not take it now. */
  delivered(): Promise<void>;
  /** What the server has refused of these runs, or of all, since somebody last asked. */
  takeLost(runs?: readonly string[]): readonly Lost[];
  /** The process ends: spends a little time on what still waits, and says what stays. */
  leave(): void;
}

/** A store that runs are recorded in: local ones as they are, others with a spool. */
export interface RecordingStore extends TrackingStore {
  readonly spool?: StoreSpool;
}

/** The stores with a spool that this process has opened, by their URI. */
export const spooledStores = globalSlot("spooled-stores", () => new Map<string, RecordingStore>());
