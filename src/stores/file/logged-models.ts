import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  LOGGED_MODEL_STATUSES,
  type LoggedModel,
  type LoggedModelStatus,
  messages,
  newModelId,
  now,
  type Param,
  replaceFile,
  StoreError,
  type Tag,
} from "../../core";
import { makeFolder } from "../../core/disk";
import { formatYaml } from "../../core/yaml";
import type { Times, TrackingStore } from "../tracking-store";
import { listExperimentFolders, requireActiveExperiment } from "./experiments";
import { listFolders, readText, readTexts, setOwn, writeKey } from "./files";
import {
  isModelFolderName,
  keyPath,
  META_FILE,
  METRICS_FOLDER,
  MODELS_FOLDER,
  PARAMS_FOLDER,
  TAGS_FOLDER,
} from "./layout";
import {
  corrupt,
  integerField,
  lifecycleField,
  optionalIntegerField,
  optionalTextField,
  readMeta,
  requireField,
  textField,
} from "./meta-file";
import { readModelMetrics } from "./metrics";
import { skipCorrupt } from "./skip-corrupt";
import type { StoreRoot } from "./store-root";

/** MLflow's LoggedModelStatus, by number. */
const STATUSES = Object.keys(LOGGED_MODEL_STATUSES) as readonly LoggedModelStatus[];

/** A LoggedModel and its folder. */
export interface StoredModel {
  readonly model: LoggedModel;
  readonly folder: string;
}

const REMEMBERED_MODELS = 1024;

/** Where this process has made LoggedModels: each is looked for there first, and anywhere when it has been moved. */
export class ModelPlaces {
  readonly #folders = new Map<string, string>();

  remember(modelId: string, folder: string): void {
    if (this.#folders.size >= REMEMBERED_MODELS) this.#folders.clear();
    this.#folders.set(modelId, folder);
  }

  of(modelId: string): string | undefined {
    return this.#folders.get(modelId);
  }
}

/** Creates a LoggedModel, PENDING until it is finalized. */
export function createLoggedModel(
  root: StoreRoot,
  places: ModelPlaces,
  options: Parameters<TrackingStore["createLoggedModel"]>[0],
): LoggedModel {
  const { experiment, folder: experimentFolder } = requireActiveExperiment(root, options.experimentId);
  const { modelId = newModelId() } = options;
  const folder = join(experimentFolder, MODELS_FOLDER, modelId);
  const time = now();
  makeFolder(folder);
  for (const name of [METRICS_FOLDER, PARAMS_FOLDER, TAGS_FOLDER]) mkdirSync(join(folder, name));
  writeParams(folder, options.params ?? []);
  writeTags(folder, options.tags ?? []);
  const defaultLocation = `${experiment.artifactLocation.replace(/\/+$/, "")}/${MODELS_FOLDER}/${modelId}/artifacts`;
  const fields: ModelFields = {
    modelId,
    experimentId: experiment.experimentId,
    name: options.name,
    artifactLocation: options.artifactLocation ?? defaultLocation,
    creationTimestamp: time,
    lastUpdatedTimestamp: time,
    modelType: options.modelType,
    sourceRunId: options.sourceRunId,
    status: "PENDING",
  };
  writeModel(folder, fields, "active");
  places.remember(modelId, folder);
  return {
    ...fields,
    statusMessage: undefined,
    lifecycleStage: "active",
    params: textsOf(options.params),
    tags: textsOf(options.tags),
    metrics: [],
  };
}

function textsOf(entries: readonly (Param | Tag)[] = []): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { key, value } of entries) setOwn(texts, key, value);
  return texts;
}

/** The LoggedModel with an id. @throws RESOURCE_DOES_NOT_EXIST, for a deleted one as well */
export function findLoggedModel(root: StoreRoot, places: ModelPlaces, modelId: string): StoredModel {
  const known = places.of(modelId);
  const likely = known === undefined ? undefined : readModel(known);
  if (known !== undefined && likely?.lifecycleStage === "active") return { model: likely, folder: known };
  if (isModelFolderName(modelId)) {
    for (const experimentFolder of listExperimentFolders(root)) {
      const folder = join(experimentFolder, MODELS_FOLDER, modelId);
      const model = readModel(folder);
      if (model?.lifecycleStage === "active") return { model, folder };
    }
  }
  throw new StoreError(messages.notFound("logged model", modelId, "await searchLoggedModels() lists them."));
}

/** The LoggedModels of an experiment's folder, without deleted ones and those that cannot be read. */
export function listLoggedModels(experimentFolder: string): LoggedModel[] {
  return listFolders(join(experimentFolder, MODELS_FOLDER)).flatMap((name) => {
    const folder = join(experimentFolder, MODELS_FOLDER, name);
    const model = skipCorrupt(`the logged model ${name}`, () => readModel(folder));
    return model?.lifecycleStage === "active" ? model : [];
  });
}

function readModel(folder: string): LoggedModel | undefined {
  const meta = readMeta(folder);
  if (!meta) return undefined;
  const modelId = basename(folder);
  const experimentId = basename(dirname(dirname(folder)));
  requireField(meta, "model_id", modelId);
  requireField(meta, "experiment_id", experimentId);
  const number = optionalIntegerField(meta, "status") ?? 0;
  const status = STATUSES[number];
  if (!status) throw corrupt(meta.path, `its status ${number} is none of MLflow's`);
  return {
    modelId,
    experimentId,
    name: textField(meta, "name"),
    artifactLocation: textField(meta, "artifact_location"),
    creationTimestamp: integerField(meta, "creation_timestamp"),
    lastUpdatedTimestamp: integerField(meta, "last_updated_timestamp"),
    modelType: optionalTextField(meta, "model_type"),
    sourceRunId: optionalTextField(meta, "source_run_id"),
    status,
    statusMessage: optionalTextField(meta, "status_message"),
    lifecycleStage: lifecycleField(meta),
    params: readTexts(join(folder, PARAMS_FOLDER)),
    tags: readTexts(join(folder, TAGS_FOLDER)),
    metrics: readModelMetrics(folder, modelId),
  };
}

type ModelFields = Omit<LoggedModel, "params" | "tags" | "metrics" | "lifecycleStage">;

function writeModel(folder: string, model: ModelFields, lifecycleStage?: "active" | "deleted"): void {
  const text = formatYaml({
    artifact_location: model.artifactLocation,
    creation_timestamp: model.creationTimestamp,
    experiment_id: model.experimentId,
    last_updated_timestamp: model.lastUpdatedTimestamp,
    ...(lifecycleStage && { lifecycle_stage: lifecycleStage }),
    model_id: model.modelId,
    model_type: model.modelType ?? null,
    name: model.name,
    source_run_id: model.sourceRunId ?? null,
    status: STATUSES.indexOf(model.status),
    status_message: model.statusMessage ?? null,
  });
  replaceFile(join(folder, META_FILE), text);
}

/** Sets the final status. MLflow leaves `lifecycle_stage` out from here on; absent means active. */
export function finalizeLoggedModel({ model, folder }: StoredModel, status: LoggedModelStatus): LoggedModel {
  const changed = { ...model, status, lastUpdatedTimestamp: now() };
  writeModel(folder, changed);
  return changed;
}

/** Dates a LoggedModel that comes from elsewhere. */
export function dateLoggedModel({ model, folder }: StoredModel, { created, updated }: Times): void {
  const { creationTimestamp, lastUpdatedTimestamp } = model;
  const times = {
    creationTimestamp: created ?? creationTimestamp,
    lastUpdatedTimestamp: updated ?? lastUpdatedTimestamp,
  };
  writeModel(folder, { ...model, ...times });
}

/** Marks a LoggedModel deleted; its files stay. */
export function deleteLoggedModel({ model, folder }: StoredModel): void {
  writeModel(folder, { ...model, lastUpdatedTimestamp: now() }, "deleted");
}

/** Writes params; unlike a run's they may be written over. */
export function writeParams(folder: string, params: readonly Param[]): void {
  for (const { key, value } of params) writeValue("param", folder, keyPath(folder, PARAMS_FOLDER, key), key, value);
}

/** Writes tags. */
export function writeTags(folder: string, tags: readonly Tag[]): void {
  for (const { key, value } of tags) writeValue("tag", folder, keyPath(folder, TAGS_FOLDER, key), key, value);
}

function writeValue(kind: string, folder: string, path: string, key: string, value: string): void {
  writeKey(kind, key, folder, path, () => replaceFile(path, value, folder));
}

/** Removes a tag. @throws RESOURCE_DOES_NOT_EXIST */
export function deleteModelTag(folder: string, key: string): void {
  const path = keyPath(folder, TAGS_FOLDER, key);
  if (readText(path) === undefined)
    throw new StoreError(
      messages.notFound(
        "tag",
        key,
        "await new TrackingClient().getLoggedModel(modelId) shows the tags that there are.",
      ),
    );
  rmSync(path);
}
