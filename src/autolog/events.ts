import { globalSlot, InvalidInputError, messages, type TerminalStatus } from "../core";
import { type FaultReport, guarded } from "./session";

/** One recorded training, as listeners see it: plain and constant from its start to its end. */
export interface Training {
  /** Counts up in the process. */
  readonly id: number;
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly experimentName: string;
  /** Integration's name, e.g. `tfjs`. */
  readonly library: string;
  readonly estimatorName: string;
  /** `<package>.<export>`. */
  readonly estimatorClass: string;
  readonly params: Readonly<Record<string, string>>;
  /** Planned epochs. */
  readonly epochs: number | undefined;
  /** What is added to the metrics' names: `""`, or `-2`, … */
  readonly suffix: string;
  /** Epochs that earlier trainings of the same model on this run have done. */
  readonly epochOffset: number;
  readonly startTime: number;
  /** `train.ts:12`, or `cell 5`. */
  readonly source: string | undefined;
  /** `333 × 4`. */
  readonly dataShape: string | undefined;
  /** The store's place as people are shown it. */
  readonly store: string;
}

/** How a training has ended: its status and final metrics, what is to be noted of it, the model that was kept, and the error that it threw. */
export interface TrainingResult {
  readonly status: TerminalStatus;
  readonly endTime: number;
  readonly error?: unknown;
  readonly metrics: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly model?: { readonly name: string; readonly bytes: number; readonly signature: string | undefined };
}

/** What a listener of {@link onTraining} is told: that a training has started, how far it is, that it has ended. */
export type TrainingEvent =
  | { readonly type: "started"; readonly training: Training }
  | {
      readonly type: "step" | "epoch";
      readonly training: Training;
      /** Counted over all continuations. */
      readonly index: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly time: number;
    }
  | { readonly type: "ended"; readonly training: Training; readonly result: TrainingResult };

/** Called with each event of each training; what it returns is ignored. */
export type TrainingListener = (event: TrainingEvent) => void;

const listeners = globalSlot("training-listeners", () => new Set<TrainingListener>());

/** Calls `listener` on every training from now on; returns what takes it off again. Its faults become one warning. */
export function onTraining(listener: TrainingListener): () => void {
  if (typeof listener !== "function")
    throw new InvalidInputError(
      messages.wrongType(
        "The listener of onTraining",
        listener,
        "a function",
        "onTraining((event) => console.log(event)) is a call that is right.",
      ),
    );
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @internal */
export function emitTraining(event: TrainingEvent, report?: FaultReport): void {
  for (const listener of listeners) guarded("showing a training", () => listener(event), report);
}
