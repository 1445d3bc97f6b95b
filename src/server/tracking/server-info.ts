import type { Backend } from "./backend";

/** What clients ask before they move artifacts (mlflow/server/handlers.py, build_server_info_payload). */
export const serverInfo = ({ store, artifacts }: Backend): object => ({
  store_type: store.kind === "file" ? "FileStore" : "SqlStore",
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  artifact_serving_enabled: artifacts.isServing,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  features_enabled: { gateway: false },
});
