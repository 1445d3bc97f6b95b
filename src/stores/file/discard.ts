import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode, isTemporaryName, temporaryName } from "../../core";
import { makeFolder } from "../../core/disk";
import type { StoreRoot } from "./store-root";

/** Removes a folder of the store. It is moved away in one step first, so that nobody reads half of it. `false` when there is none. */
export function discard(root: StoreRoot, folder: string): boolean {
  makeFolder(root.trash);
  const discarded = join(root.trash, temporaryName());
  try {
    renameSync(folder, discarded);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    throw cause;
  }
  rmSync(discarded, { recursive: true, force: true });
  return true;
}

/** Removes what a removal that was interrupted has left. */
export function sweep(root: StoreRoot): void {
  for (const name of readdirSync(root.trash))
    if (isTemporaryName(name)) rmSync(join(root.trash, name), { recursive: true, force: true });
}
