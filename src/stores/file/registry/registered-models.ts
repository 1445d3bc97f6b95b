import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import {
  errorCode,
  InvalidInputError,
  LIMITS,
  MODEL_VERSION_STAGES,
  type ModelVersion,
  type ModelVersionStage,
  messages,
  nearest,
  now,
  type RegisteredModel,
  StoreError,
  type Tag,
  temporaryName,
} from "../../../core";
import { makeFolder } from "../../../core/disk";
import type { YamlMap } from "../../../core/yaml";
import { discard } from "../discard";
import { initialise } from "../experiments";
import { listFolders, readTexts } from "../files";
import { TAGS_FOLDER } from "../layout";
import { integerField, type MetaFile, optionalTextField, readMeta } from "../meta-file";
import { writeTag } from "../run";
import { skipCorrupt } from "../skip-corrupt";
import { rootExists, type StoreRoot } from "../store-root";
import { readAliases } from "./aliases";
import { listVersions, renameVersions } from "./model-versions";
import { isRegisteredModelFolderName, modelsFolder } from "./registry-layout";
import { changeRegistryMeta, NEW_REGISTERED_MODEL, writeRegistryMeta } from "./registry-meta";

/** A registered model without its versions and aliases: what a search looks at. */
export type RegisteredModelHead = Omit<RegisteredModel, "aliases" | "latestVersions">;

/** The folders of all registered models. */
export function listModelFolders(root: StoreRoot): string[] {
  if (!rootExists(root)) return [];
  const models = modelsFolder(root);
  return listFolders(models)
    .filter(isRegisteredModelFolderName)
    .map((name) => join(models, name));
}

/** All registered models that can be read. */
export function listRegisteredModels(root: StoreRoot): RegisteredModelHead[] {
  return listModelFolders(root).flatMap(
    (folder) => skipCorrupt(`the registered model ${basename(folder)}`, () => readHead(folder)?.head) ?? [],
  );
}

/** The folder of a registered model. @throws RESOURCE_DOES_NOT_EXIST */
export function requireModelFolder(root: StoreRoot, name: string): string {
  const folder = join(modelsFolder(root), name);
  if (isRegisteredModelFolderName(name) && rootExists(root) && readMeta(folder)) return folder;
  const known = listModelFolders(root).map((other) => basename(other));
  throw new StoreError(messages.registeredModelNotFound(name, nearest(name, known)));
}

/** The folder that a registered model of this name gets; Python's file store refuses % too. @throws INVALID_PARAMETER_VALUE for a name that can have none */
function folderFor(root: StoreRoot, name: string): string {
  if (isRegisteredModelFolderName(name) && !name.includes("%")) return join(modelsFolder(root), name);
  throw new InvalidInputError(
    messages.badRegisteredModelName(name, LIMITS.registeredModelNameLength, "/ \\ : %, which only databases keep"),
  );
}

/** The registered model in a folder. @throws RESOURCE_DOES_NOT_EXIST, DATA_LOSS */
export function readRegisteredModel(folder: string): RegisteredModel {
  const aliases = readAliases(folder);
  return { ...requireHead(folder).head, aliases, latestVersions: latestVersions(listVersions(folder, aliases)) };
}

/** The newest of the versions in each stage, in the order of the stages. */
export function latestVersions(
  versions: readonly ModelVersion[],
  stages: readonly ModelVersionStage[] = MODEL_VERSION_STAGES,
): ModelVersion[] {
  return [...new Set(stages)].flatMap((stage) => newest(versions.filter((one) => one.currentStage === stage)) ?? []);
}

/** The version with the highest number. */
export const newest = (versions: readonly ModelVersion[]): ModelVersion | undefined =>
  versions.reduce<ModelVersion | undefined>(
    (best, one) => (best && best.version > one.version ? best : one),
    undefined,
  );

function requireHead(folder: string): { head: RegisteredModelHead; meta: MetaFile } {
  const found = readHead(folder);
  if (!found) throw new StoreError(messages.registeredModelNotFound(basename(folder)));
  return found;
}

/** `undefined` for a folder without meta.yaml. */
function readHead(folder: string): { head: RegisteredModelHead; meta: MetaFile } | undefined {
  const meta = readMeta(folder);
  if (!meta) return undefined;
  const head: RegisteredModelHead = {
    // Not what meta.yaml says: a renaming that was interrupted has not come to it.
    name: basename(folder),
    creationTimestamp: integerField(meta, "creation_timestamp"),
    lastUpdatedTimestamp: integerField(meta, "last_updated_timestamp"),
    description: optionalTextField(meta, "description"),
    tags: readTexts(join(folder, TAGS_FOLDER)),
  };
  return { head, meta };
}

/** Makes a registered model: whole in another place first, then renamed, so that nobody sees half of it. @throws RESOURCE_ALREADY_EXISTS */
export function createRegisteredModel(
  root: StoreRoot,
  name: string,
  { tags = [], description }: { tags?: readonly Tag[]; description?: string } = {},
): RegisteredModel {
  const folder = folderFor(root, name);
  initialise(root);
  makeFolder(modelsFolder(root));
  // A second time when somebody who tidies .trash up has taken the unfinished folder away.
  for (let attempt = 1; !tryToCreate(root, folder, tags, description); attempt++)
    if (attempt === 3) throw new StoreError(messages.storeFailed(`.trash of ${root.path} is emptied again and again.`));
  return readRegisteredModel(folder);
}

function tryToCreate(root: StoreRoot, folder: string, tags: readonly Tag[], description?: string): boolean {
  if (existsSync(folder)) throw new StoreError(messages.registeredModelExists(basename(folder)));
  const unfinished = join(root.trash, temporaryName());
  const time = now();
  try {
    mkdirSync(unfinished);
    for (const tag of tags) writeTag(unfinished, tag);
    writeRegistryMeta(unfinished, {
      ...NEW_REGISTERED_MODEL,
      name: basename(folder),
      creation_timestamp: time,
      last_updated_timestamp: time,
      description: description ?? null,
    });
    renameSync(unfinished, folder);
    return true;
  } catch (cause) {
    if (errorCode(cause) === "ENOENT" && !existsSync(unfinished)) return false;
    rmSync(unfinished, { recursive: true, force: true });
    throw namingError(folder, cause);
  }
}

/** What it means that a folder could not get its name. */
function namingError(folder: string, cause: unknown): unknown {
  if (errorCode(cause) === "ENAMETOOLONG")
    return new InvalidInputError(messages.keyTooLongForDisk("registered model", basename(folder)), { cause });
  return existsSync(folder) ? new StoreError(messages.registeredModelExists(basename(folder)), { cause }) : cause;
}

/** Changes fields of a registered model's meta.yaml; `last_updated_timestamp` always. The copy of the aliases in it is made anew. */
export function changeRegisteredModel(folder: string, change: YamlMap = {}): void {
  const { meta } = requireHead(folder);
  const aliases = Object.fromEntries(
    Object.entries(readAliases(folder)).map(([alias, version]) => [alias, String(version)]),
  );
  changeRegistryMeta(folder, meta, { last_updated_timestamp: now(), ...change, aliases, name: basename(folder) });
}

/** Gives a registered model another name, all that is in its folder going with it. @throws RESOURCE_ALREADY_EXISTS */
export function renameRegisteredModel(root: StoreRoot, folder: string, newName: string): string {
  const renamed = folderFor(root, newName);
  if (existsSync(renamed)) throw new StoreError(messages.registeredModelExists(newName));
  try {
    renameSync(folder, renamed);
  } catch (cause) {
    throw namingError(renamed, cause);
  }
  changeRegisteredModel(renamed);
  renameVersions(renamed);
  return renamed;
}

/** Removes a registered model for good. @throws RESOURCE_DOES_NOT_EXIST when somebody else was quicker */
export function deleteRegisteredModel(root: StoreRoot, folder: string): void {
  if (!discard(root, folder)) throw new StoreError(messages.registeredModelNotFound(basename(folder)));
}
