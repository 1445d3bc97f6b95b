import type { RunStatus } from "../../core";
import type { HistoryPoint } from "../history";
import type { MetricDirection } from "../metric-direction";
import type { ModelCard } from "../model-card";
import type { RunLink } from "../run-link";
import type { Tone } from "../status";

/** One metric of a card. What is left out is worked out from the points. */
export interface CardMetric {
  readonly key: string;
  /** In order of step; may be long, it is downsampled when drawn. */
  readonly points: readonly HistoryPoint[];
  readonly last?: number;
  readonly best?: number;
  readonly bestStep?: number;
  /** The points are the last one alone of more, so that nobody knows the best. @default false */
  readonly isLastOnly?: boolean;
  /** Told by the name unless given. */
  readonly direction?: MetricDirection;
}

/** How far a training is. */
export interface CardProgress {
  readonly done: number;
  /** Absent when nobody knows. */
  readonly total?: number;
  readonly unit: "epoch" | "step";
}

/** A remark in words: `stopped early at epoch 12: val_loss did not improve for 5 epochs`. */
export interface CardNote {
  readonly text: string;
  /** @default "quiet" */
  readonly tone?: Tone;
}

/** A run as a card: while it trains, and after. */
export interface RunCard {
  readonly runId: string;
  readonly name: string;
  readonly experiment?: string;
  readonly status: RunStatus;
  /** The word for a run that is running. @default "running" */
  readonly activity?: string;
  /** What was trained: `tfjs.Sequential`. */
  readonly estimator?: string;
  readonly progress?: CardProgress;
  readonly elapsedMs?: number;
  /** Units of progress per second. */
  readonly rate?: number;
  readonly etaMs?: number;
  readonly metrics: readonly CardMetric[];
  readonly params: readonly (readonly [key: string, value: string])[];
  /** The data in a few words: `333 × 4`. */
  readonly data?: string;
  readonly notes?: readonly CardNote[];
  /** The message, and stack, of what made the run fail. */
  readonly error?: string;
  readonly model?: ModelCard;
  /** Paths below the run's artifact folder. */
  readonly artifacts?: readonly string[];
  /** Where the run is kept: `mlruns`. */
  readonly store?: string;
  /** What was run: `train.ts:12-18`, `cell 5`. */
  readonly source?: string;
  readonly link?: RunLink;
}

/** Params in the order in which a card shows them: those that were not set (`null`) last. */
export function orderedParams({ params }: RunCard): RunCard["params"] {
  const isUnset = (value: string) => value === "null" || value === "undefined";
  return [...params.filter(([, value]) => !isUnset(value)), ...params.filter(([, value]) => isUnset(value))];
}
