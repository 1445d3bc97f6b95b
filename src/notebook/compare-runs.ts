import { now, validateOptions } from "../core";
import { describeComparison, runComparisonView } from "../view";
import { readHistories } from "./run-reading";
import { type RunSelection, selectRuns } from "./run-selection";
import { type Shown, showView } from "./shown";

/** How a comparison looks. */
export interface CompareRunsOptions {
  /** @default "comparison" */
  readonly title?: string;
  /** What is equal in all runs among the rest instead of folded away. @default false */
  readonly allRows?: boolean;
  /** What a step of the histories is: `batch`. @default told by the runs */
  readonly stepUnit?: string;
}

const ACCEPTED: readonly (keyof CompareRunsOptions)[] = ["title", "allRows", "stepUnit"];
const MOST_HISTORIES = 12;

/**
 * Shows runs side by side: what differs first, and their histories drawn over each other.
 *
 * @example await compareRuns(await searchRuns({ orderBy: ["metrics.loss"], maxResults: 3 }));
 */
export async function compareRuns(runs: RunSelection, options: CompareRunsOptions = {}): Promise<Shown> {
  validateOptions("compareRuns", options, ACCEPTED);
  const found = await selectRuns("compareRuns", runs);
  const compared = await Promise.all(
    found.map(async (run) => ({ run, histories: await readHistories(run, MOST_HISTORIES) })),
  );
  return showView(runComparisonView, describeComparison(compared, { ...options, now: now() }));
}
