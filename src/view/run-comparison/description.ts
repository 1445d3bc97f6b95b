import type { HistoryPoint } from "../history";
import type { ListPart } from "../list-part";
import type { RunTableRow } from "../run-table";

/** One run of a comparison. */
export interface ComparedRun extends RunTableRow {
  /** Histories by metric; those with more than one point are drawn over each other. */
  readonly histories?: Readonly<Record<string, readonly HistoryPoint[]>>;
}

/** Runs side by side: a column each, a row for each param and metric. */
export interface RunComparison extends ListPart {
  readonly runs: readonly ComparedRun[];
  /** @default "comparison" */
  readonly title?: string;
  /** What a step of the histories is: `epoch`. @default "step" */
  readonly stepUnit?: string;
  /** Equal rows among the others instead of folded away. @default false */
  readonly allRows?: boolean;
}
