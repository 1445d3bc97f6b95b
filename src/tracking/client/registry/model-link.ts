import { type LoggedModel, type ModelVersion, type Tag, TAGS, TrackbookError } from "../../../core";
import type { AnyTrackingStore, TrackingStore } from "../../../stores";

/** Notes a version on the LoggedModel behind it, where the tracking store has that. */
export async function linkVersion(store: AnyTrackingStore, version: ModelVersion): Promise<void> {
  const model = version.modelId === undefined ? undefined : await findLoggedModel(store, version.modelId);
  if (model) await store.setLoggedModelTags(model.modelId, [versionsTag(model, version)]);
}

/** The same at once, where the store answers at once. */
export function linkVersionNow(store: TrackingStore, version: ModelVersion): void {
  const { modelId } = version;
  const model = modelId === undefined ? undefined : unlessMissing(() => store.getLoggedModel(modelId));
  if (model) store.setLoggedModelTags(model.modelId, [versionsTag(model, version)]);
}

/** A version outlives the LoggedModel that was registered, and may come from another place than this store. */
export async function findLoggedModel(store: AnyTrackingStore, modelId: string): Promise<LoggedModel | undefined> {
  try {
    return await store.getLoggedModel(modelId);
  } catch (error) {
    if (error instanceof TrackbookError) return undefined;
    throw error;
  }
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TrackbookError) return undefined;
    throw error;
  }
}

function versionsTag(model: LoggedModel, { name, version }: ModelVersion): Tag {
  const versions = [...versionsOf(model), { name, version }];
  // As Python's json.dumps has it.
  const items = versions.map((one) => `{"name": ${JSON.stringify(one.name)}, "version": ${one.version}}`);
  return { key: TAGS.modelVersions, value: `[${items.join(", ")}]` };
}

/** What other writers noted there; nothing where it is not in the form of MLflow. */
function versionsOf({ tags }: LoggedModel): { readonly name: string; readonly version: number }[] {
  try {
    const noted = JSON.parse(tags[TAGS.modelVersions] ?? "[]") as { name: string; version: number | string }[];
    return noted.map(({ name, version }) => ({ name: String(name), version: Number(version) }));
  } catch {
    return [];
  }
}
