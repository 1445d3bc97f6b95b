import {
  constants,
  copyFileSync,
  cpSync,
  createWriteStream,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import {
  errorCode,
  type FileInfo,
  InvalidInputError,
  isFileUri,
  isTemporaryName,
  localPath,
  messages,
  replaceFile,
  StoreError,
  temporaryName,
  validateArtifactPath,
} from "../../core";
import { makeFolder } from "../../core/disk";
import type { ArtifactFile, ArtifactRepository } from "../artifact-repository";
import { isInside, requireInside } from "./containment";
import { tryLock, whileLocked } from "./folder-lock";

/** Where local artifacts lie. */
export interface LocalArtifactsOptions {
  /** A path or `file:` URI. */
  readonly root: string;
}

/**
 * Artifacts in a folder of this machine. Files appear whole or not at all; the root is made with the first. Paths that leave
 * the root, by `..` or by a symbolic link, are refused.
 *
 * @example localArtifacts({ root: run.info.artifactUri }).write("notes/a.txt", "hello");
 */
export function localArtifacts({ root: uri }: LocalArtifactsOptions): ArtifactRepository {
  const root = localPath(uri);
  return {
    uri: isFileUri(uri) ? pathToFileURL(root).href : root,
    write: (path, bytes) => replaceFile(prepare(root, path), bytes),
    receive: (path, source) => receive(root, path, source),
    writeAll: (files) => writeAll(root, files),
    copyIn: (localFile, path) => copyIn(root, localFile, path),
    remove: (path) => remove(root, path),
    list: (path = "") => list(root, path),
    read: (path) => readFileSync(existing(root, path, "file")),
    exclusively: (act) => whileLocked(root, act),
    claim: (path) => claim(root, path),
    download: (path, destination) => download(root, path, destination),
  };
}

/** The place of a file to write, its folders made. */
function prepare(root: string, path: string): string {
  validateArtifactPath(path);
  const target = join(root, path);
  requireInside(root, path);
  try {
    makeFolder(dirname(target));
  } catch (cause) {
    if (errorCode(cause) !== "EEXIST" && errorCode(cause) !== "ENOTDIR") throw cause;
    throw new InvalidInputError(messages.keyCollides("artifact", path), { cause });
  }
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidInputError(messages.keyCollides("artifact", path));
  return target;
}

async function receive(root: string, path: string, source: Readable): Promise<void> {
  const target = prepare(root, path);
  const temporary = join(dirname(target), temporaryName());
  try {
    await pipeline(source, createWriteStream(temporary));
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/** The folder of files that stand side by side is looked at, and made, once. */
function writeAll(root: string, files: readonly ArtifactFile[]): void {
  let folder: string | undefined;
  for (const { path, bytes } of files) {
    const target = join(root, path);
    if (dirname(target) !== folder) prepare(root, path);
    folder = dirname(target);
    validateArtifactPath(path);
    try {
      replaceFile(target, bytes);
    } catch (cause) {
      if (errorCode(cause) !== "EISDIR") throw cause;
      throw new InvalidInputError(messages.keyCollides("artifact", path), { cause });
    }
  }
}

function copyIn(root: string, localFile: string, path: string): void {
  if (!statSync(localFile, { throwIfNoEntry: false })?.isFile())
    throw new InvalidInputError(messages.noLocalFile(localFile));
  const target = prepare(root, path);
  const temporary = join(dirname(target), temporaryName());
  try {
    copyFileSync(localFile, temporary, constants.COPYFILE_FICLONE);
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

function remove(root: string, path: string): void {
  validateArtifactPath(path);
  requireInside(root, path);
  rmSync(join(root, path), { recursive: true, force: true });
}

function claim(root: string, path: string): (() => void) | undefined {
  validateArtifactPath(path);
  requireInside(root, path);
  return tryLock(join(root, path));
}

function list(root: string, path: string): FileInfo[] {
  validateArtifactPath(path, true);
  requireInside(root, path);
  const folder = join(root, path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => !isTemporaryName(name))
    .sort()
    .flatMap((name) => describe(root, path === "" ? name : `${path}/${name}`));
}

/** What listing says of an entry: nothing of a link that leads out or nowhere. */
function describe(root: string, path: string): FileInfo[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found || !isInside(root, path)) return [];
  return [found.isDirectory() ? { path, isDir: true } : { path, isDir: false, fileSize: found.size }];
}

function existing(root: string, path: string, wanted?: "file"): string {
  validateArtifactPath(path, wanted === undefined);
  requireInside(root, path);
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found || (wanted === "file" && !found.isFile())) throw new StoreError(messages.artifactNotFound(path, root));
  return join(root, path);
}

/** Like MLflow: without a destination the files are where they are, with one the path is kept below it. */
function download(root: string, path: string, destination?: string): string {
  const source = existing(root, path);
  if (destination === undefined) return source;
  const target = resolve(destination, path);
  makeFolder(dirname(target));
  cpSync(source, target, {
    recursive: true,
    dereference: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (from) =>
      !isTemporaryName(basename(from)) && isInside(root, from.slice(root.length + 1).replaceAll("\\", "/")),
  });
  return target;
}
