import type { Generated } from "kysely";

type Text = string | null;
type Time = number | null;

/** The tables of MLflow's schema that trackbook uses (mlflow/store/tracking/dbmodels/models.py and model_registry/dbmodels/models.py). */
export interface Tables {
  readonly alembic_version: { version_num: string };
  readonly experiments: {
    experiment_id: Generated<number>;
    name: string;
    artifact_location: Text;
    lifecycle_stage: Text;
    creation_time: Time;
    last_update_time: Time;
    workspace: string;
  };
  readonly experiment_tags: { key: string; value: Text; experiment_id: number };
  readonly runs: {
    run_uuid: string;
    name: Text;
    source_type: Text;
    source_name: Text;
    entry_point_name: Text;
    user_id: Text;
    status: Text;
    start_time: Time;
    end_time: Time;
    source_version: Text;
    lifecycle_stage: Text;
    artifact_uri: Text;
    experiment_id: number;
    deleted_time: Time;
  };
  readonly params: { key: string; value: string; run_uuid: string };
  readonly tags: { key: string; value: Text; run_uuid: string };
  readonly metrics: MetricRow;
  readonly latest_metrics: MetricRow;
  readonly datasets: {
    dataset_uuid: string;
    experiment_id: number;
    name: string;
    digest: string;
    dataset_source_type: string;
    dataset_source: string;
    dataset_schema: Text;
    dataset_profile: Text;
  };
  readonly inputs: {
    input_uuid: string;
    source_type: string;
    source_id: string;
    destination_type: string;
    destination_id: string;
    step: number;
  };
  readonly input_tags: { input_uuid: string; name: string; value: string };
  readonly logged_models: {
    model_id: string;
    experiment_id: number;
    name: string;
    artifact_location: string;
    creation_timestamp_ms: number;
    last_updated_timestamp_ms: number;
    status: number;
    lifecycle_stage: Text;
    model_type: Text;
    source_run_id: Text;
    status_message: Text;
  };
  readonly logged_model_params: { model_id: string; experiment_id: number; param_key: string; param_value: string };
  readonly logged_model_tags: { model_id: string; experiment_id: number; tag_key: string; tag_value: string };
  readonly logged_model_metrics: {
    model_id: string;
    metric_name: string;
    metric_timestamp_ms: number;
    metric_step: number;
    metric_value: number | null;
    experiment_id: number;
    run_id: string;
    dataset_uuid: Text;
    dataset_name: Text;
    dataset_digest: Text;
  };
  /** Of traces, of which trackbook knows no more than whose they are. */
  readonly trace_info: { experiment_id: number };
  readonly online_scoring_configs: { experiment_id: number };
  readonly sql_trace_rollup_rebuild_queue: { experiment_id: number };
  readonly sql_trace_metric_daily_rollups: { experiment_id: number };
  readonly sql_span_cost_daily_rollups: { experiment_id: number };
  readonly sql_assessment_daily_rollups: { experiment_id: number };
  readonly registered_models: {
    name: string;
    creation_time: Time;
    last_updated_time: Time;
    description: Text;
    workspace: string;
  };
  readonly registered_model_tags: { key: string; value: Text; name: string; workspace: string };
  readonly registered_model_aliases: { alias: string; version: number; name: string; workspace: string };
  readonly model_versions: {
    name: string;
    version: number;
    creation_time: Time;
    last_updated_time: Time;
    description: Text;
    user_id: Text;
    current_stage: Text;
    source: Text;
    run_id: Text;
    status: Text;
    status_message: Text;
    run_link: Text;
    storage_location: Text;
    workspace: string;
  };
  readonly model_version_tags: { key: string; value: Text; name: string; version: number; workspace: string };
}

/** A point of a metric. `is_nan` is a boolean, which SQLite and MySQL keep as 0 or 1. */
export interface MetricRow {
  key: string;
  value: number;
  timestamp: number;
  step: number;
  is_nan: boolean | number;
  run_uuid: string;
}

/** The workspace in which everything lies that no other is named for. */
export const WORKSPACE = "default";
