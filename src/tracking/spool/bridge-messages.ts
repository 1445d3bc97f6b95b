import type { SentError } from "./problem-transfer";
import type { ExperimentChoice } from "../experiment-choice";
import type { Confirmed, RunDraft } from "../recording-store";

/** What the thread that talks to a server is begun with. */
export interface BridgeStart {
  readonly uri: string;
  /** What the main thread knows of who is asking. */
  readonly credentials: ReadonlyMap<string, string>;
  /** The first journal of this process; it appears with the first write. */
  readonly folder: string;
  readonly spool: string;
  /** See {@link Signal}. */
  readonly signals: SharedArrayBuffer;
  readonly patience: number;
}

/** Numbers that both threads see. */
export const Signal = {
  /** The call that was answered last. */
  answered: 0,
  /** The flush that is over last. */
  flushed: 1,
} as const;

/** To the thread. */
export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
      readonly isAfterDelivery: boolean;
    }
  | { readonly kind: "openRun"; readonly id: number; readonly experiment: ExperimentChoice; readonly draft: RunDraft }
  /** Nobody has waited for the answer to `openRun`: a run that it makes, or has made, is to be deleted. */
  | { readonly kind: "abandon"; readonly id: number }
  /** What is appended from now on is in another journal. */
  | { readonly kind: "journal"; readonly folder: string }
  /** Something has been appended. */
  | { readonly kind: "appended" }
  | { readonly kind: "flush"; readonly id: number };

/** The answer to a call, on a channel of its own that is read while the main thread waits. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: SentError };

/** What the thread tells when something has happened. */
export type Event =
  | { readonly kind: "confirmed"; readonly ours: string; readonly theirs: Confirmed }
  | { readonly kind: "refused"; readonly run?: string; readonly what: string; readonly error: SentError }
  | { readonly kind: "flushed"; readonly id: number; readonly error?: SentError };
