import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import {
  errorCode,
  MODEL_VERSION_STAGES,
  MODEL_VERSION_STATUSES,
  type ModelVersion,
  type ModelVersionStage,
  type ModelVersionStatus,
  messages,
  now,
  StoreError,
  type Tag,
  temporaryName,
} from "../../../core";
import type { YamlMap } from "../../../core/yaml";
import type { NewModelVersion } from "../../registry-store";
import { listFolders, readTexts } from "../files";
import { TAGS_FOLDER } from "../layout";
import {
  corrupt,
  integerField,
  type MetaFile,
  optionalTextField,
  readMeta,
  requireField,
  textField,
} from "../meta-file";
import { writeTag } from "../run";
import { skipCorrupt } from "../skip-corrupt";
import { aliasesOf, readAliases } from "./aliases";
import { DELETED_STAGE, versionFolder, versionOfFolder } from "./registry-layout";
import { changeRegistryMeta, NEW_MODEL_VERSION, writeRegistryMeta } from "./registry-meta";

/** A model version, its folder and its meta.yaml as it was read. */
export interface StoredVersion {
  readonly version: ModelVersion;
  readonly folder: string;
  readonly meta: MetaFile;
}

/** The numbers of all versions that the registered model in a folder ever had. */
const versionNumbers = (modelFolder: string): number[] =>
  listFolders(modelFolder).flatMap((name) => versionOfFolder(name) ?? []);

/** The versions of the registered model in a folder, without deleted ones and those that cannot be read. */
export function listVersions(modelFolder: string, aliases = readAliases(modelFolder)): ModelVersion[] {
  return versionNumbers(modelFolder).flatMap(
    (number) =>
      skipCorrupt(
        `version ${number} of the model ${basename(modelFolder)}`,
        () => readVersion(modelFolder, number, aliases)?.version,
      ) ?? [],
  );
}

/** The version with a number. @throws RESOURCE_DOES_NOT_EXIST, for a deleted one as well; DATA_LOSS */
export function findVersion(modelFolder: string, number: number): StoredVersion {
  const found = readVersion(modelFolder, number, readAliases(modelFolder));
  if (!found) throw new StoreError(messages.modelVersionNotFound(basename(modelFolder), number));
  return found;
}

function readVersion(
  modelFolder: string,
  number: number,
  aliases: Readonly<Record<string, number>>,
): StoredVersion | undefined {
  const folder = versionFolder(modelFolder, number);
  const meta = readMeta(folder);
  if (!meta || textField(meta, "current_stage") === DELETED_STAGE) return undefined;
  requireField(meta, "version", String(number));
  const version: ModelVersion = {
    // Not what meta.yaml says: a renaming that was interrupted has not come to all of them.
    name: basename(modelFolder),
    version: number,
    creationTimestamp: integerField(meta, "creation_timestamp"),
    lastUpdatedTimestamp: integerField(meta, "last_updated_timestamp"),
    userId: optionalTextField(meta, "user_id"),
    currentStage: oneOf<ModelVersionStage>(meta, "current_stage", MODEL_VERSION_STAGES),
    description: optionalTextField(meta, "description"),
    source: optionalTextField(meta, "source") ?? "",
    runId: optionalTextField(meta, "run_id"),
    runLink: optionalTextField(meta, "run_link"),
    status: oneOf<ModelVersionStatus>(meta, "status", MODEL_VERSION_STATUSES),
    statusMessage: optionalTextField(meta, "status_message"),
    tags: readTexts(join(folder, TAGS_FOLDER)),
    aliases: aliasesOf(aliases, number),
    modelId: optionalTextField(meta, "model_id"),
  };
  return { version, folder, meta };
}

function oneOf<T extends string>(meta: MetaFile, field: string, accepted: readonly T[]): T {
  const value = textField(meta, field);
  if (!accepted.includes(value as T)) throw corrupt(meta.path, `its ${field} ${value} is none of MLflow's`);
  return value as T;
}

/** Where a version's files are. */
export const downloadUri = ({ version, meta }: StoredVersion): string =>
  optionalTextField(meta, "storage_location") || version.source;

/**
 * Makes the next version of the registered model in a folder and answers its number. It is made whole under a name that Python
 * does not look at, and gets its own by being renamed: of all who want a number one gets it, and nobody sees half a version.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when the registered model is removed meanwhile
 */
export function addVersion(modelFolder: string, options: NewModelVersion): number {
  const unfinished = join(modelFolder, temporaryName());
  try {
    mkdirSync(unfinished);
    for (const tag of options.tags ?? []) writeTag(unfinished, tag);
    for (;;) {
      const number = Math.max(0, ...versionNumbers(modelFolder)) + 1;
      writeRegistryMeta(unfinished, newVersionFields(basename(modelFolder), number, options));
      if (takeName(unfinished, versionFolder(modelFolder, number))) return number;
    }
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (errorCode(cause) !== "ENOENT") throw cause;
    throw new StoreError(messages.registeredModelNotFound(basename(modelFolder)), { cause });
  }
}

/** `false` when there is such a folder. Looked for first: renaming would replace an empty one, which Python is about to fill. */
function takeName(unfinished: string, folder: string): boolean {
  if (existsSync(folder)) return false;
  try {
    renameSync(unfinished, folder);
    return true;
  } catch (cause) {
    if (!existsSync(folder)) throw cause;
    return false;
  }
}

function newVersionFields(name: string, version: number, options: NewModelVersion) {
  const time = now();
  return {
    ...NEW_MODEL_VERSION,
    name,
    version,
    creation_timestamp: time,
    last_updated_timestamp: time,
    description: options.description ?? null,
    source: options.source,
    storage_location: options.storageLocation ?? options.source,
    run_id: options.runId ?? null,
    run_link: options.runLink ?? null,
    model_id: options.modelId ?? null,
  };
}

/** Changes fields of a version's meta.yaml. */
export function changeVersion({ folder, meta, version }: StoredVersion, change: YamlMap): void {
  changeRegistryMeta(folder, meta, { last_updated_timestamp: now(), ...change, name: version.name });
}

/** Tells every version's meta.yaml, those of deleted ones too, that the registered model around it has another name. */
export function renameVersions(modelFolder: string): void {
  const change = { name: basename(modelFolder), last_updated_timestamp: now() };
  for (const number of versionNumbers(modelFolder)) {
    const folder = versionFolder(modelFolder, number);
    const meta = skipCorrupt(`version ${number} of the model ${change.name}`, () => readMeta(folder));
    if (meta) changeRegistryMeta(folder, meta, change);
  }
}

/** Sets a tag of a version. */
export const setVersionTag = ({ folder }: StoredVersion, tag: Tag): void => writeTag(folder, tag);
