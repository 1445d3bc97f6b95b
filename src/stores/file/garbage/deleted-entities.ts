import { basename, join } from "node:path";
import type { DeletedEntity } from "../../garbage";
import { findExperiment, listExperiments, type StoredExperiment } from "../experiments";
import { listFolders } from "../files";
import { isModelFolderName, isRunFolderName, MODELS_FOLDER } from "../layout";
import { integerField, lifecycleField, optionalIntegerField, readMeta, textField } from "../meta-file";
import { isRunFolder, readRunInfo } from "../run";
import { skipCorrupt } from "../skip-corrupt";
import type { StoreRoot } from "../store-root";

/** Something deleted in a file store, and its folder. */
export interface StoredDeletion extends DeletedEntity {
  readonly folder: string;
}

/**
 * Everything in the `deleted` state, each experiment after what is in it. An experiment is left out while it holds a run that is
 * not deleted, or that cannot be read: nobody knows whether that one was.
 */
export function listDeleted(root: StoreRoot): StoredDeletion[] {
  return listExperiments(root).flatMap(deletedIn);
}

/** Whether it can still be removed: neither restored nor removed since it was listed. */
export function isStillDeleted(root: StoreRoot, { kind, id, experimentId, folder, ...rest }: StoredDeletion): boolean {
  const meta = skipCorrupt(`the ${kind} ${id}`, () => readMeta(folder));
  // A deleted experiment lies in .trash: what is gone from there with it has been restored.
  if (!meta || rest.goesWithExperiment) return meta !== undefined;
  if (kind !== "experiment") return lifecycleField(meta) === "deleted";
  const stored = findExperiment(root, experimentId);
  return stored !== undefined && deletedIn(stored).some((entity) => entity.kind === kind && entity.folder === folder);
}

function deletedIn(stored: StoredExperiment): StoredDeletion[] {
  const runs = runsIn(stored);
  const members = [...runs.flatMap((run) => run.deleted ?? []), ...modelsIn(stored)];
  const isWhole = runs.every((run) => run.deleted);
  return isDeleted(stored) && isWhole ? [...members, describeExperiment(stored)] : members.filter(goesAlone);
}

const isDeleted = ({ experiment }: StoredExperiment): boolean => experiment.lifecycleStage === "deleted";
const goesAlone = ({ goesWithExperiment }: StoredDeletion): boolean => !goesWithExperiment;

function describeExperiment({ experiment, folder }: StoredExperiment): StoredDeletion {
  return {
    kind: "experiment",
    id: experiment.experimentId,
    name: experiment.name,
    experimentId: experiment.experimentId,
    deletedTime: experiment.lastUpdateTime,
    folder,
    artifactUri: experiment.artifactLocation,
    goesWithExperiment: false,
  };
}

/** The runs of an experiment, each with what it is as a deleted one: nothing for an active one, or one that cannot be read. */
function runsIn({ experiment, folder }: StoredExperiment): { deleted?: StoredDeletion }[] {
  return listFolders(folder)
    .filter((name) => isRunFolderName(name) && isRunFolder(join(folder, name)))
    .map((name) => ({
      deleted: skipCorrupt(`the run ${name}`, () => readDeletedRun(join(folder, name), experiment.experimentId)),
    }));
}

/** The deleted run in a folder; `undefined` for an active one. @throws DATA_LOSS */
function readDeletedRun(folder: string, experimentId: string): StoredDeletion | undefined {
  const info = readRunInfo(folder);
  const meta = readMeta(folder);
  if (!info || !meta || info.lifecycleStage !== "deleted") return undefined;
  return {
    kind: "run",
    id: info.runId,
    name: info.runName,
    experimentId,
    deletedTime: optionalIntegerField(meta, "deleted_time"),
    folder,
    artifactUri: info.artifactUri,
    goesWithExperiment: false,
  };
}

function modelsIn(stored: StoredExperiment): StoredDeletion[] {
  const models = join(stored.folder, MODELS_FOLDER);
  return listFolders(models)
    .filter(isModelFolderName)
    .flatMap(
      (name) => skipCorrupt(`the logged model ${name}`, () => readDeletedModel(join(models, name), stored)) ?? [],
    );
}

function readDeletedModel(folder: string, stored: StoredExperiment): StoredDeletion | undefined {
  const meta = readMeta(folder);
  const isOwn = meta !== undefined && lifecycleField(meta) === "deleted";
  if (!meta || !(isOwn || isDeleted(stored))) return undefined;
  return {
    kind: "logged model",
    id: basename(folder),
    name: textField(meta, "name"),
    experimentId: stored.experiment.experimentId,
    deletedTime: isOwn ? integerField(meta, "last_updated_timestamp") : stored.experiment.lastUpdateTime,
    folder,
    artifactUri: textField(meta, "artifact_location"),
    goesWithExperiment: !isOwn,
  };
}
