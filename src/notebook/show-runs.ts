import { InvalidInputError, isDisabled, messages, now, validateOptions } from "../core";
import { describeRuns, runTableView } from "../view";
import { type RunSelection, selectRuns } from "./run-selection";
import { type Shown, showView } from "./shown";

/** How a table of runs looks. */
export interface ShowRunsOptions {
  /** @default "runs" */
  readonly title?: string;
  /** Most rows; the others are counted. @default 20 */
  readonly maxRows?: number;
  /** Columns in which all runs are equal, too. @default false */
  readonly allColumns?: boolean;
}

const ACCEPTED: readonly (keyof ShowRunsOptions)[] = ["title", "maxRows", "allColumns"];

/**
 * Shows runs as a table: the active experiment's, newest first, unless a query or a list says otherwise.
 *
 * @example await showRuns({ filter: "metrics.val_loss < 0.2", orderBy: ["metrics.val_loss ASC"] });
 */
export async function showRuns(runs: RunSelection = {}, options: ShowRunsOptions = {}): Promise<Shown> {
  validateOptions("showRuns", options, ACCEPTED);
  const { maxRows = 20, title, allColumns } = options;
  if (!Number.isSafeInteger(maxRows) || maxRows < 1)
    throw new InvalidInputError(
      messages.wrongType("maxRows", maxRows, "a whole number ≥ 1", "leave it out for 20 rows."),
    );
  const found = await selectRuns("showRuns", runs);
  return showView(
    runTableView,
    describeRuns(found.slice(0, maxRows), {
      now: now(),
      title,
      allColumns,
      total: found.length,
      emptyHint: hintOf(runs),
      equalCall: "await showRuns(…, { allColumns: true })",
      roomCall: "await compareRuns(…)",
      moreCall: `await showRuns(…, { maxRows: ${found.length} })`,
    }),
  );
}

function hintOf(runs: RunSelection): string | undefined {
  if (isDisabled()) return "Nothing is recorded: TRACKBOOK_MODE=disabled.";
  return isFiltered(runs) ? "No runs found." : undefined;
}

/** A query that finds nothing does not mean that there is nothing. */
const isFiltered = (runs: RunSelection): boolean => "filter" in runs && runs.filter !== undefined;
