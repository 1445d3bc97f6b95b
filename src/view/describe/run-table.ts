import type { RunEntity } from "../../core";
import type { RunTable } from "../run-table";
import { runRow } from "./run-row";

/** Runs as a table, in the order given, as they stand at `now`. */
export function describeRuns(
  runs: readonly RunEntity[],
  { now, ...options }: Omit<RunTable, "rows"> & { readonly now: number },
): RunTable {
  return { ...options, rows: runs.map((run) => runRow(run, now)) };
}
