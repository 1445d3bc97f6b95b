import type { ListPart } from "../list-part";

/** One experiment of a list. */
export interface ExperimentRow {
  readonly experimentId: string;
  readonly name: string;
  readonly isDeleted?: boolean;
  readonly runCount?: number;
  /** Epoch milliseconds. */
  readonly lastUpdateTime?: number;
  /** The experiment's page in a UI. */
  readonly href?: string;
}

/** Experiments below each other. */
export interface ExperimentList extends ListPart {
  readonly rows: readonly ExperimentRow[];
  /** How many there are in all. @default the number of rows */
  readonly total?: number;
  /** The call that shows the others. */
  readonly moreCall?: string;
}

/** Whether the runs of any experiment were counted. */
export const hasRunCounts = (rows: readonly ExperimentRow[]): boolean =>
  rows.some(({ runCount }) => runCount !== undefined);
