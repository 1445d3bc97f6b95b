import { existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type Experiment,
  errorCode,
  InvalidInputError,
  messages,
  now,
  publishFile,
  replaceFile,
  StoreError,
  type Tag,
  type ViewType,
} from "../../core";
import { makeFolder } from "../../core/disk";
import { formatYaml } from "../../core/yaml";
import { absoluteLocation } from "../absolute-location";
import type { Times } from "../tracking-store";
import { listFolders, readTexts, writeKey } from "./files";
import {
  DEFAULT_EXPERIMENT_ID,
  DEFAULT_EXPERIMENT_NAME,
  experimentIdFor,
  isExperimentFolderName,
  keyPath,
  META_FILE,
  TAGS_FOLDER,
} from "./layout";
import { lifecycleField, optionalIntegerField, readMeta, requireField, textField } from "./meta-file";
import { skipCorrupt } from "./skip-corrupt";
import { createRoot, rootExists, type StoreRoot } from "./store-root";

/** An experiment and its folder: in the root, or deleted in `.trash`. */
export interface StoredExperiment {
  readonly experiment: Experiment;
  readonly folder: string;
}

/** The folders in which experiments of a life-cycle stage can lie; not all of them hold one. */
export function listExperimentFolders(root: StoreRoot, viewType: ViewType = "ALL"): string[] {
  if (!rootExists(root)) return [];
  const places = [
    ...(viewType === "DELETED_ONLY" ? [] : [root.path]),
    ...(viewType === "ACTIVE_ONLY" ? [] : [root.trash]),
  ];
  return places.flatMap((place) =>
    listFolders(place)
      .filter(isExperimentFolderName)
      .map((name) => join(place, name)),
  );
}

/** Every experiment of a life-cycle stage that can be read. */
export function listExperiments(root: StoreRoot, viewType: ViewType = "ALL"): StoredExperiment[] {
  return listExperimentFolders(root, viewType).flatMap(
    (folder) => skipCorrupt(`the experiment ${basename(folder)}`, () => readExperiment(folder)) ?? [],
  );
}

/**
 * The experiment in a folder; `undefined` for a folder without meta.yaml, such as the artifacts of a database's runs, and with
 * `name` for an experiment of another name.
 */
function readExperiment(folder: string, name?: string): StoredExperiment | undefined {
  const meta = readMeta(folder);
  if (!meta) return undefined;
  const experimentId = basename(folder);
  requireField(meta, "experiment_id", experimentId);
  const found = textField(meta, "name");
  if (name !== undefined && found !== name) return undefined;
  const experiment: Experiment = {
    experimentId,
    name: found,
    artifactLocation: textField(meta, "artifact_location"),
    lifecycleStage: lifecycleField(meta),
    creationTime: optionalIntegerField(meta, "creation_time"),
    lastUpdateTime: optionalIntegerField(meta, "last_update_time"),
    tags: readTexts(join(folder, TAGS_FOLDER)),
  };
  return { experiment, folder };
}

/** The experiment with an id, deleted or not. @throws DATA_LOSS */
export function findExperiment(root: StoreRoot, experimentId: string): StoredExperiment | undefined {
  if (!isExperimentFolderName(experimentId)) return undefined;
  const found = readExperiment(join(root.path, experimentId));
  if (found || !rootExists(root)) return found;
  return readExperiment(join(root.trash, experimentId));
}

/** The experiment with a name, deleted or not. */
export function findExperimentByName(root: StoreRoot, name: string): StoredExperiment | undefined {
  if (!rootExists(root)) return undefined;
  const find = (folder: string) =>
    skipCorrupt(`the experiment ${basename(folder)}`, () => readExperiment(folder, name));
  // Where it lies if it was created by us; Python draws its ids.
  const likely = find(join(root.path, experimentIdFor(realpathSync(root.path), name, 0)));
  if (likely) return likely;
  for (const folder of listExperimentFolders(root)) {
    const found = find(folder);
    if (found) return found;
  }
  return undefined;
}

/**
 * The experiment with an id. The default one always exists: until something is written to an empty store it is only
 * answered, not stored.
 *
 * @throws RESOURCE_DOES_NOT_EXIST
 */
export function getExperiment(root: StoreRoot, experimentId: string): Experiment {
  const found = findExperiment(root, experimentId);
  if (found) return found.experiment;
  if (experimentId !== DEFAULT_EXPERIMENT_ID) throw new StoreError(messages.experimentNotFound(experimentId));
  return {
    experimentId,
    name: DEFAULT_EXPERIMENT_NAME,
    artifactLocation: artifactLocationOf(root, experimentId),
    lifecycleStage: "active",
    tags: {},
  };
}

/** The experiment with an id and its folder, for a write. @throws RESOURCE_DOES_NOT_EXIST, or INVALID_PARAMETER_VALUE when it is deleted */
export function requireActiveExperiment(root: StoreRoot, experimentId: string): StoredExperiment {
  let found = findExperiment(root, experimentId);
  if (!found && experimentId === DEFAULT_EXPERIMENT_ID) {
    initialise(root);
    claimExperiment(root, experimentId, DEFAULT_EXPERIMENT_NAME);
    found = findExperiment(root, experimentId);
  }
  if (!found) throw new StoreError(messages.experimentNotFound(experimentId));
  if (found.experiment.lifecycleStage === "deleted")
    throw new InvalidInputError(messages.experimentDeleted(found.experiment.name, experimentId));
  return found;
}

/** Creates an experiment and answers its id. @throws RESOURCE_ALREADY_EXISTS, for the name of a deleted one as well */
export function createExperiment(
  root: StoreRoot,
  name: string,
  { artifactLocation, tags = [] }: { artifactLocation?: string; tags?: readonly Tag[] } = {},
): string {
  initialise(root);
  requireFreeName(root, name);
  const place = realpathSync(root.path);
  for (let attempt = 0; ; attempt++) {
    const experimentId = experimentIdFor(place, name, attempt);
    if (claimExperiment(root, experimentId, name, artifactLocation)) {
      const folder = join(root.path, experimentId);
      for (const tag of tags) writeTag(folder, tag);
      return experimentId;
    }
    // Another process was quicker with this name, or an experiment once created under it has been renamed.
    requireFreeName(root, name);
  }
}

/** Makes the experiment's folder. Of two processes at it one gets `true`: whoever publishes the meta.yaml. */
function claimExperiment(root: StoreRoot, experimentId: string, name: string, artifactLocation?: string): boolean {
  if (existsSync(join(root.trash, experimentId))) return false;
  const folder = join(root.path, experimentId);
  makeFolder(folder);
  const time = now();
  const meta = formatExperiment({
    experimentId,
    name,
    artifactLocation: artifactLocation ? absoluteLocation(artifactLocation) : artifactLocationOf(root, experimentId),
    lifecycleStage: "active",
    creationTime: time,
    lastUpdateTime: time,
    tags: {},
  });
  return publishFile(join(folder, META_FILE), meta);
}

/** Makes the root and `.trash`, and in a new store the default experiment. */
export function initialise(root: StoreRoot): void {
  const isNew = !rootExists(root);
  createRoot(root);
  if (isNew) claimExperiment(root, DEFAULT_EXPERIMENT_ID, DEFAULT_EXPERIMENT_NAME);
}

const artifactLocationOf = ({ artifactRoot }: StoreRoot, experimentId: string): string =>
  `${artifactRoot}${artifactRoot.endsWith("/") ? "" : "/"}${experimentId}`;

function requireFreeName(root: StoreRoot, name: string): void {
  const taken = findExperimentByName(root, name)?.experiment;
  if (taken) throw new StoreError(messages.experimentExists(name, taken.lifecycleStage === "deleted"));
}

/** Gives an active experiment another name. */
export function renameExperiment(root: StoreRoot, experimentId: string, name: string): void {
  const stored = requireActiveExperiment(root, experimentId);
  requireFreeName(root, name);
  rewriteExperiment(stored, { name });
}

/** Marks the experiment deleted and moves its folder to `.trash`; its runs are the caller's. */
export function moveToTrash(root: StoreRoot, stored: StoredExperiment): void {
  rewriteExperiment(stored, { lifecycleStage: "deleted" });
  createRoot(root);
  renameSync(stored.folder, join(root.trash, stored.experiment.experimentId));
}

/** Moves a deleted experiment's folder back and marks it active; its runs are the caller's. */
export function moveFromTrash(root: StoreRoot, { experiment, folder }: StoredExperiment): StoredExperiment {
  const target = join(root.path, experiment.experimentId);
  try {
    renameSync(folder, target);
  } catch (cause) {
    if (errorCode(cause) !== "ENOTEMPTY" && errorCode(cause) !== "EEXIST") throw cause;
    throw new StoreError(messages.experimentExists(experiment.name, false), { cause });
  }
  const moved = { experiment, folder: target };
  rewriteExperiment(moved, { lifecycleStage: "active" });
  return moved;
}

/** Dates an experiment that comes from elsewhere, deleted or not. @throws RESOURCE_DOES_NOT_EXIST */
export function dateExperiment(root: StoreRoot, experimentId: string, { created, updated }: Times): void {
  const { experiment, folder } = findExperiment(root, experimentId) ?? requireActiveExperiment(root, experimentId);
  const { creationTime, lastUpdateTime } = experiment;
  const dated = { ...experiment, creationTime: created ?? creationTime, lastUpdateTime: updated ?? lastUpdateTime };
  replaceFile(join(folder, META_FILE), formatExperiment(dated));
}

function rewriteExperiment({ experiment, folder }: StoredExperiment, change: Partial<Experiment>): void {
  replaceFile(join(folder, META_FILE), formatExperiment({ ...experiment, ...change, lastUpdateTime: now() }));
}

const formatExperiment = (experiment: Experiment): string =>
  formatYaml({
    artifact_location: experiment.artifactLocation,
    creation_time: experiment.creationTime ?? null,
    experiment_id: experiment.experimentId,
    last_update_time: experiment.lastUpdateTime ?? null,
    lifecycle_stage: experiment.lifecycleStage,
    name: experiment.name,
  });

/** Sets a tag of an active experiment. */
export function setExperimentTag(root: StoreRoot, experimentId: string, tag: Tag): void {
  writeTag(requireActiveExperiment(root, experimentId).folder, tag);
}

/** Removes a tag of an active experiment. @throws RESOURCE_DOES_NOT_EXIST when it has none of that name */
export function deleteExperimentTag(root: StoreRoot, experimentId: string, key: string): void {
  const { experiment, folder } = requireActiveExperiment(root, experimentId);
  if (!Object.hasOwn(experiment.tags, key))
    throw new StoreError(
      messages.notFound("tag", key, "await getExperiment(experimentId) shows the tags that there are."),
    );
  rmSync(keyPath(folder, TAGS_FOLDER, key));
}

function writeTag(folder: string, { key, value }: Tag): void {
  const path = keyPath(folder, TAGS_FOLDER, key);
  writeKey("tag", key, folder, path, () => replaceFile(path, value, folder));
}
