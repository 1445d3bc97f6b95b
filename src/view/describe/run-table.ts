import type { RunEntity } from "../../core";
import type { RunTable } from "../run-table";
import { runRow } from "./run-row";

/** Runs as a table, in the order given. */
export function describeRuns(runs: readonly RunEntity[], options: Omit<RunTable, "rows"> = {}): RunTable {
  return { ...options, rows: runs.map(runRow) };
}
