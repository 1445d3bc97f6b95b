/**
 * Indexes that MLflow's schema lacks. They are on databases that trackbook made, and on others when `trackbook doctor --indexes` was
 * asked to make them; every query works without.
 */
export const OUR_INDEXES: readonly { readonly name: string; readonly on: string }[] = [
  { name: "trackbook_latest_metrics_value", on: "latest_metrics (key, value, run_uuid, is_nan)" },
  { name: "trackbook_params_value", on: "params (key, value, run_uuid)" },
  { name: "trackbook_runs_newest", on: "runs (experiment_id, lifecycle_stage, start_time desc, run_uuid)" },
];
