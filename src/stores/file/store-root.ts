import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { errorCode, isFileUri, localPath, messages, StoreError } from "../../core";
import { makeFolder } from "../../core/disk";
import { MODELS_FOLDER, TRASH_FOLDER } from "./layout";

/** The place of a store: where it lies, and how the artifact locations of its experiments begin. */
export interface StoreRoot {
  /** Absolute path. */
  readonly path: string;
  /** Absolute `file:` URI. */
  readonly uri: string;
  readonly trash: string;
  /** Like MLflow, as the root was given: a path makes paths, a `file:` URI makes `file:` URIs. */
  readonly artifactRoot: string;
}

/** Resolves a path or `file:` URI (`file:relative` too) without touching the disk. */
export function resolveRoot(pathOrUri: string): StoreRoot {
  const path = localPath(pathOrUri);
  const uri = pathToFileURL(path).href;
  return { path, uri, trash: join(path, TRASH_FOLDER), artifactRoot: isFileUri(pathOrUri) ? uri : path };
}

/** True when there is a store or a place for one: `false` when nothing is there yet. @throws INVALID_STATE for anything else */
export function rootExists(root: StoreRoot): boolean {
  let names: string[];
  try {
    names = readdirSync(root.path);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    if (errorCode(cause) === "ENOTDIR") throw new StoreError(messages.notAStore(root.path, "it is a file"), { cause });
    throw cause;
  }
  const visible = names.filter((name) => !name.startsWith(".") || name === TRASH_FOLDER);
  if (visible.length > 0 && !visible.some(isStoreFolder))
    throw new StoreError(messages.notAStore(root.path, "the folder holds other things and no experiment"));
  return true;
}

const isStoreFolder = (name: string): boolean => name === TRASH_FOLDER || name === MODELS_FOLDER || /^\d+$/.test(name);

/** Makes the root and `.trash`. */
export function createRoot(root: StoreRoot): void {
  makeFolder(root.trash);
}
