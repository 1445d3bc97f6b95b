import { join } from "node:path";
import { isTemporaryName } from "../../../core";
import { MODELS_FOLDER } from "../layout";
import type { StoreRoot } from "../store-root";

/**
 * Names in MLflow's file registry, as `mlflow/store/model_registry/file_store.py` of MLflow 3 has them.
 *
 *     <root>/models/<registered name>/meta.yaml  tags/<key>  aliases/<alias>
 *     <root>/models/<registered name>/version-<number>/meta.yaml  tags/<key>
 */
export const ALIASES_FOLDER = "aliases";

/** The `current_stage` of a deleted version: its folder stays, so that its number is not given again. */
export const DELETED_STAGE = "Deleted_Internal";

/** The folder that holds all registered models. */
export const modelsFolder = (root: StoreRoot): string => join(root.path, MODELS_FOLDER);

/** True for a name that a registered model's folder can have: no path that leads elsewhere, nothing unfinished of ours. */
export const isRegisteredModelFolderName = (name: string): boolean =>
  name !== "" && name !== "." && name !== ".." && !/[/\\\0]/.test(name) && !isTemporaryName(name);

/** The folder of a version within its registered model's. */
export const versionFolder = (modelFolder: string, version: number): string => join(modelFolder, `version-${version}`);

/** The number in the name of a version's folder; `undefined` for another folder. */
export function versionOfFolder(name: string): number | undefined {
  const digits = /^version-([1-9]\d*)$/.exec(name)?.[1];
  const version = Number(digits);
  return Number.isSafeInteger(version) ? version : undefined;
}
