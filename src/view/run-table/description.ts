import type { RunStatus } from "../../core";
import type { ListPart } from "../list-part";
import type { RunValues } from "../run-columns";

/** One run of a table. */
export interface RunTableRow extends RunValues {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly isDeleted?: boolean;
  readonly estimator?: string;
  /** Epoch milliseconds. */
  readonly startTime?: number;
  readonly durationMs?: number;
  /** The run's page in a UI. */
  readonly href?: string;
}

/** Runs below each other, with what differs between them. */
export interface RunTable extends ListPart {
  /** @default "runs" */
  readonly title?: string;
  /** The order in words: `newest first`. */
  readonly order?: string;
  readonly rows: readonly RunTableRow[];
  /** How many runs there are in all. @default the number of rows */
  readonly total?: number;
  /** The call that shows the others: `showRuns({ maxResults: 200 })`. */
  readonly moreCall?: string;
  /** What shows the columns in which all runs are equal: a call, a flag. */
  readonly equalCall?: string;
  /** What shows the columns that found no room: a call, a flag, a button. */
  readonly roomCall?: string;
  /** Columns in which all runs are equal, too. @default false */
  readonly allColumns?: boolean;
  /** Where runs can be chosen, the name of the field that holds their ids. */
  readonly choiceName?: string;
  /** What to say when there is no run. */
  readonly emptyHint?: string;
}
