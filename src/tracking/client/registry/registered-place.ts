import { type FileInfo, hasScheme, type LoggedModel, messages, StoreError, TrackbookError } from "../../../core";
import { requireArtifacts } from "../../tracking-uri";
import {
  absoluteLocation,
  type AnyRegistryStore,
  type AnyTrackingStore,
  findVersion,
  parseModelAddress,
} from "../../../stores";
import { findLoggedModel } from "./model-link";
import type { ModelSource } from "./model-source";

/**
 * Where a model that is to be registered is, looked up before anything is written: `models:/m-…`, `models:/name/version` or
 * `@alias`, `runs:/ID/name`, or the path or URI of its folder.
 *
 * Rejects with RESOURCE_DOES_NOT_EXIST when there is no model.
 */
export async function placeToRegister(
  uri: string,
  store: AnyTrackingStore,
  registry: AnyRegistryStore,
): Promise<ModelSource> {
  const address = parseModelAddress(uri);
  switch (address.kind) {
    case "place":
      return placeOfFolder(uri, absoluteLocation(uri), store);
    case "run":
      return placeInRun(uri, address.runId, address.path, store);
    case "logged":
      return { source: uri, modelId: (await store.getLoggedModel(address.modelId)).modelId };
    default: {
      const { name, version } = await findVersion(registry, uri, address);
      return { source: `models:/${name}/${version}` };
    }
  }
}

/** As MLflow: the folder below the run's artifacts, where it holds a model; else the LoggedModel of that name that the run made. */
async function placeInRun(uri: string, runId: string, path: string, store: AnyTrackingStore): Promise<ModelSource> {
  const { info, outputs } = await store.getRun(runId);
  const source = `${info.artifactUri}/${path}`;
  const found = await Promise.all(outputs.modelOutputs.map(({ modelId }) => findLoggedModel(store, modelId)));
  const made = found.filter((model) => model !== undefined);
  if (await holdsModel(source, store))
    return { source, runId, modelId: made.find((model) => isAt(model, source))?.modelId };
  const named = made.filter(({ name }) => name === path || name === path.replace(FORBIDDEN, "_"));
  const last = named.reduce<LoggedModel | undefined>((a, b) => (a && isLater(a, b) ? a : b), undefined);
  if (!last) throw new StoreError(messages.modelNotFound(uri, [source]));
  return { source: `models:/${last.modelId}`, runId, modelId: last.modelId };
}

/** What a LoggedModel's name has `_` in the place of. */
const FORBIDDEN = /[/:.%"']/g;

const isAt = ({ artifactLocation }: LoggedModel, place: string): boolean =>
  artifactLocation.replace(/\/+$/, "") === place;
const isLater = (a: LoggedModel, b: LoggedModel): boolean => a.creationTimestamp > b.creationTimestamp;

/** A folder's MLmodel says which run and LoggedModel it is, if any; they count where the tracking store has them. */
async function placeOfFolder(uri: string, source: string, store: AnyTrackingStore): Promise<ModelSource> {
  if (!(await holdsModel(source, store))) throw new StoreError(messages.modelNotFound(uri, [source]));
  const text = await readMlmodel(source, store);
  const modelId = /^model_id: ['"]?(m-[0-9a-f]{32})\b/m.exec(text)?.[1];
  const model = modelId === undefined ? undefined : await findLoggedModel(store, modelId);
  return { source, modelId: model?.modelId, runId: model?.sourceRunId };
}

const isReachable = (place: string): boolean => !hasScheme(place) || /^(file|mlflow-artifacts|https?|s3):/i.test(place);

const openPlace = (place: string, { uri: trackingUri }: AnyTrackingStore) =>
  requireArtifacts().openAnyArtifacts(place, { trackingUri });

/** True also for a place that cannot be looked into from here. */
async function holdsModel(place: string, store: AnyTrackingStore): Promise<boolean> {
  if (!isReachable(place)) return true;
  const artifacts = openPlace(place, store);
  try {
    const files: readonly FileInfo[] = await artifacts.list();
    return files.some(({ path }) => path === "MLmodel");
  } catch (error) {
    if (artifacts.isRemote && error instanceof TrackbookError) return true;
    throw error;
  }
}

async function readMlmodel(place: string, store: AnyTrackingStore): Promise<string> {
  if (!isReachable(place)) return "";
  const artifacts = openPlace(place, store);
  try {
    return Buffer.from(await artifacts.read("MLmodel")).toString("utf8");
  } catch (error) {
    if (artifacts.isRemote && error instanceof TrackbookError) return "";
    throw error;
  }
}
