import type { Metric } from "../core";

/** A place between two points of a history; what it says is for the store alone. */
export type HistoryPlace = readonly (number | boolean)[];

/** Some points of a history. */
export interface HistoryPart {
  readonly points: readonly Metric[];
  /** Where those behind begin; `undefined` when these are the last. */
  readonly next?: HistoryPlace;
}

/** What some points of a history come to. */
export interface HistoryExtent {
  readonly count: number;
  /** Of those that are numbers; `undefined` when none is. */
  readonly least?: number;
  readonly greatest?: number;
  readonly next?: HistoryPlace;
}

/** Some steps that a history has points at, ascending and each once. */
export interface HistorySteps {
  readonly steps: readonly number[];
  /** Where those behind begin. */
  readonly next?: HistoryPlace;
}

/** A part of a history that is asked for. */
export interface PartOptions {
  /** @default the beginning */
  readonly after?: HistoryPlace;
  /** Of so many points the last. @default 1: all */
  readonly every?: number;
  /** How many are passed by until the first, with that one. @default every */
  readonly first?: number;
}

/**
 * Long histories read part by part, each in a few milliseconds, so that whoever reads them can do something else in between. A database
 * has them in the order of their steps, a folder in the order in which they were written.
 */
export interface HistoryParts {
  /** @throws RESOURCE_DOES_NOT_EXIST for a run that is not there */
  readHistory(runId: string, key: string, options?: PartOptions): HistoryPart;
  /** Of as many points as {@link readHistory} answers from the same place on. */
  measureHistory(runId: string, key: string, after?: HistoryPlace): HistoryExtent;
  /** Only where they are found without the points. */
  readHistorySteps?(runId: string, key: string, after?: HistoryPlace): HistorySteps;
  /** The points at some steps; `undefined` for more than `most`. */
  readHistoryAt?(runId: string, key: string, steps: readonly number[], most: number): readonly Metric[] | undefined;
}
