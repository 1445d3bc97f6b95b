import { type LoggedModel, type ModelVersion, TrackbookError } from "../../../core";
import type { TrackingStore } from "../../../stores";

/** The tag of a LoggedModel that lists the versions it was registered as (mlflow/utils/mlflow_tags.py). */
const VERSIONS_TAG = "mlflow.modelVersions";

/** Notes a version on the LoggedModel behind it, where the tracking store has that. */
export function linkVersion(store: TrackingStore, { modelId, name, version }: ModelVersion): void {
  const model = modelId === undefined ? undefined : findLoggedModel(store, modelId);
  if (!model) return;
  const versions = [...versionsOf(model), { name, version }];
  // As Python's json.dumps has it.
  const items = versions.map((one) => `{"name": ${JSON.stringify(one.name)}, "version": ${one.version}}`);
  store.setLoggedModelTags(model.modelId, [{ key: VERSIONS_TAG, value: `[${items.join(", ")}]` }]);
}

/** A version outlives the LoggedModel that was registered, and may come from another place than this store. */
export function findLoggedModel(store: TrackingStore, modelId: string): LoggedModel | undefined {
  try {
    return store.getLoggedModel(modelId);
  } catch (error) {
    if (error instanceof TrackbookError) return undefined;
    throw error;
  }
}

/** What other writers noted there; nothing where it is not in the form of MLflow. */
function versionsOf({ tags }: LoggedModel): { readonly name: string; readonly version: number }[] {
  try {
    const noted = JSON.parse(tags[VERSIONS_TAG] ?? "[]") as { name: string; version: number | string }[];
    return noted.map(({ name, version }) => ({ name: String(name), version: Number(version) }));
  } catch {
    return [];
  }
}
