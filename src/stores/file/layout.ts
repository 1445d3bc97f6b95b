import { createHash } from "node:crypto";
import { join, sep } from "node:path";
import { InvalidInputError, isNormalisedPath, messages, TAGS } from "../../core";

/**
 * Names in MLflow's file store, as `mlflow/store/tracking/file_store.py` of MLflow 3 has them.
 *
 *     <root>/.trash/<experiment>/…
 *     <root>/<experiment>/meta.yaml  tags/  datasets/<hash>/meta.yaml  models/<id>/…  traces/
 *     <root>/<experiment>/<run>/meta.yaml  metrics/  params/  tags/  artifacts/  inputs/<hash>/  outputs/<model>/
 *     <root>/models/<registered name>/…  (see registry/registry-layout.ts)
 */
export const META_FILE = "meta.yaml";
export const TRASH_FOLDER = ".trash";
export const MODELS_FOLDER = "models";
export const TAGS_FOLDER = "tags";
export const PARAMS_FOLDER = "params";
export const METRICS_FOLDER = "metrics";
const ARTIFACTS_FOLDER = "artifacts";
export const DATASETS_FOLDER = "datasets";
export const INPUTS_FOLDER = "inputs";
export const OUTPUTS_FOLDER = "outputs";

export const DEFAULT_EXPERIMENT_ID = "0";
export const DEFAULT_EXPERIMENT_NAME = "Default";
export const RUN_NAME_TAG = TAGS.runName;

/** Folders that Python wants to see before it takes a folder for a run. */
export const RUN_FOLDERS: readonly string[] = [METRICS_FOLDER, PARAMS_FOLDER, ARTIFACTS_FOLDER];

const RESERVED_IN_EXPERIMENT: ReadonlySet<string> = new Set([TAGS_FOLDER, DATASETS_FOLDER, "traces", MODELS_FOLDER]);
const RESERVED_IN_ROOT: ReadonlySet<string> = new Set([MODELS_FOLDER, ARTIFACTS_FOLDER]);
const ID = /^[a-zA-Z0-9][\w-]{0,255}$/;

/** True for a name that an experiment's folder can have. */
export const isExperimentFolderName = (name: string): boolean => ID.test(name) && !RESERVED_IN_ROOT.has(name);

/** True for a name that a run's folder in an experiment can have. */
export const isRunFolderName = (name: string): boolean => ID.test(name) && !RESERVED_IN_EXPERIMENT.has(name);

/** True for a name that a LoggedModel's folder can have. */
export const isModelFolderName = (name: string): boolean => ID.test(name);

/**
 * The file of a param, metric or tag: `/` in its name makes folders. Names were checked at the door; that none leads out of its folder holds
 * whoever calls.
 *
 * @throws INVALID_PARAMETER_VALUE
 */
export function keyPath(folder: string, kindFolder: string, key: string): string {
  const place = join(folder, kindFolder);
  const path = join(place, key);
  if (!isNormalisedPath(key) || key.includes("\0") || !path.startsWith(place + sep))
    throw new InvalidInputError(messages.keyNotNormalised("key", key));
  return path;
}

/**
 * The id of a new experiment: MLflow's form, the last 18 digits of a 128-bit number. The number is not drawn but hashed
 * from what two processes share that create the same experiment at once, so both claim one folder and one of them wins.
 */
export function experimentIdFor(root: string, name: string, attempt: number): string {
  if (name === DEFAULT_EXPERIMENT_NAME && attempt === 0) return DEFAULT_EXPERIMENT_ID;
  const digits = BigInt(`0x${md5(root, "\0", name, "\0", String(attempt))}`)
    .toString()
    .slice(-18);
  return digits.replace(/^0+/, "").padEnd(18, "0");
}

export const datasetFolderName = (name: string, digest: string): string => md5(name, digest);

/** The folder of an input: `sourceId` is a data set's folder name or a model's id. */
export const inputFolderName = (sourceId: string, runId: string): string => md5(sourceId, runId);

function md5(...parts: readonly string[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part, "utf8");
  return hash.digest("hex");
}
