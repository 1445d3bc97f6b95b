import type { MetricRow } from "../tables";
import type { NewRows } from "./dialect";

const COLUMNS = ["key", "value", "timestamp", "step", "is_nan", "run_uuid"] as const;

/** Rows of `latest_metrics` to be inserted: in one order everywhere, so that two writers do not wait for each other. */
export const latestRows = (rows: readonly MetricRow[]): NewRows => ({
  table: "latest_metrics",
  columns: COLUMNS,
  key: ["key", "run_uuid"],
  rows: [...rows].sort((a, b) => (a.key < b.key ? -1 : 1)).map((row) => COLUMNS.map((column) => row[column])),
});

/** Behind an upsert of such rows: only in place of those that are not as late. */
export const WHERE_LATER =
  " where (excluded.step, excluded.timestamp, excluded.value) > (latest_metrics.step, coalesce(latest_metrics.timestamp, 0), latest_metrics.value)";

/** True when a point counts as later, as MLflow compares what it has stored: a NaN's 0 too. */
export function isLater(
  step: number,
  timestamp: number,
  value: number,
  than: Pick<MetricRow, "step" | "timestamp" | "value">,
): boolean {
  if (step !== than.step) return step > than.step;
  if (timestamp !== than.timestamp) return timestamp > (than.timestamp ?? 0);
  return value > than.value;
}
