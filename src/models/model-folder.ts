import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InvalidInputError, messages, StoreError, validateArtifactPath } from "../core";
import { makeFolder } from "../core/disk";
import { environmentEntry, type ModelEnvironment } from "./environment";
import type { ModelFile, ModelSnapshot } from "./flavor";
import { inputExampleFiles, type InputExample } from "./input-example";
import { mlmodelText } from "./mlmodel";
import { pythonFunctionConfig, pythonFunctionFiles } from "./python";
import type { ModelSignature } from "./signature";

/** What is kept with a model beside its own files. */
export interface ModelFolderDetails {
  /** The flavor's name: its key in MLmodel. */
  readonly flavor: string;
  readonly signature?: ModelSignature;
  readonly inputExample?: InputExample;
  /** The packages that the model needs. */
  readonly environment?: ModelEnvironment;
  /** JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of a logged model only. */
  readonly runId?: string;
  /** Of a logged model only. */
  readonly modelId?: string;
  /** Of a logged model only: the URI of its artifacts. */
  readonly artifactPath?: string;
  /** When the model was made, epoch milliseconds. */
  readonly utcTime: number;
}

/**
 * All files of MLflow's model folder: the snapshot's, the input example, what the model needs, the loader for Python, and `MLmodel`, which comes last, so that a
 * folder written in this order is a model only when it is whole.
 *
 * @throws InvalidInputError when a file's path leaves the folder, or metadata is not JSON.
 */
export function modelFolderFiles(snapshot: ModelSnapshot, details: ModelFolderDetails): readonly ModelFile[] {
  const example = details.inputExample && inputExampleFiles(details.inputExample);
  const { predictorCode, config } = snapshot;
  const python = predictorCode === undefined ? [] : pythonFunctionFiles({ ...details, predictorCode, config });
  const environment = details.environment?.files ?? [];
  const files = [...snapshot.files, ...(example?.files ?? []), ...environment, ...python];
  for (const { path } of files) validateArtifactPath(path);
  const mlmodel = mlmodelText({
    ...details,
    flavors: {
      [details.flavor]: flavorEntry(snapshot, details),
      ...(python.length > 0 && { python_function: pythonFunctionConfig(config) }),
    },
    inputExampleInfo: example?.info,
    sizeBytes: sizeOfFiles(files),
  });
  return [...files, { path: "MLmodel", bytes: mlmodel }];
}

function flavorEntry(
  { config }: ModelSnapshot,
  { environment }: ModelFolderDetails,
): Readonly<Record<string, unknown>> {
  const version = environment?.versions[String(config.package)];
  return {
    node_version: process.versions.node,
    ...(version !== undefined && { package_version: version }),
    ...config,
    ...(environment && { env: environmentEntry }),
  };
}

/** Bytes of all files together, as written. */
export const sizeOfFiles = (files: readonly ModelFile[]): number =>
  files.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes), 0);

/**
 * Writes a model's folder, whole or not at all: beside it under another name first, then renamed.
 *
 * @param folder must not exist yet, or be empty; its parents are made.
 * @throws InvalidInputError (RESOURCE_ALREADY_EXISTS) when it is not empty; nothing is written then.
 * @throws StoreError when the disk refuses, the cause kept.
 */
export async function saveModelFolder(folder: string, files: readonly ModelFile[]): Promise<void> {
  const target = resolve(folder);
  for (const { path } of files) validateArtifactPath(path);
  await refuseOccupied(target);
  const temporary = join(dirname(target), `.${basename(target)}-${randomBytes(6).toString("hex")}`);
  try {
    makeFolder(temporary);
    for (const { path, bytes } of files) {
      makeFolder(dirname(join(temporary, path)));
      await writeFile(join(temporary, path), bytes);
    }
    await replaceEmpty(temporary, target);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    // Another process may have written there meanwhile.
    await refuseOccupied(target);
    throw new StoreError(messages.modelFolderFailed(folder), { cause });
  }
}

async function refuseOccupied(folder: string): Promise<void> {
  const occupied = await readdir(folder).then(
    (names) => names.length > 0,
    () => existsSync(folder),
  );
  if (occupied) throw new InvalidInputError(messages.folderNotEmpty(folder));
}

/** On Windows a folder cannot be renamed over an empty one. */
async function replaceEmpty(temporary: string, target: string): Promise<void> {
  await rmdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(temporary, target);
}
