import { now, type Page, type RunEntity } from "../../core";
import { makeRich } from "../../runtime";
import { requireView } from "../require-view";
import { Run } from "./run";

const ROWS = 20;

/** Runs that were found: an array that shows itself as a table where it is a cell's last expression. */
export class RunList extends Array<Run> {
  /** Give it as `pageToken` to get what follows; absent on the last page. */
  nextPageToken?: string;

  /** What `map` and `filter` make of it is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** @internal */
  static fromPage({ items, nextPageToken }: Page<RunEntity>): RunList {
    const list = new RunList();
    for (const item of items) list.push(new Run(item));
    if (nextPageToken !== undefined) list.nextPageToken = nextPageToken;
    return list;
  }

  static {
    makeRich(RunList.prototype, {
      render: (list, style) => {
        const { describeRuns, render, runTableView } = requireView();
        const time = now();
        const table = describeRuns(list.slice(0, ROWS), {
          now: time,
          total: list.length,
          emptyHint: "No runs found.",
          equalCall: "await showRuns(runs, { allColumns: true })",
          roomCall: "await compareRuns(runs)",
          moreCall: `await showRuns(runs, { maxRows: ${list.length} })`,
        });
        return render(runTableView, table, { now: time, ...style });
      },
      summarize: (list) => `RunList(${list.length})`,
    });
  }
}
