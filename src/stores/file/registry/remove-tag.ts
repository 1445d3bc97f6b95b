import { unlinkSync } from "node:fs";
import { errorCode } from "../../../core";
import { keyPath, TAGS_FOLDER } from "../layout";

/** Removes a tag of the registered model or version in a folder, if it is there. */
export function removeTag(folder: string, key: string): void {
  try {
    unlinkSync(keyPath(folder, TAGS_FOLDER, key));
  } catch (cause) {
    if (!NO_TAG.has(errorCode(cause))) throw cause;
  }
}

/** What systems answer where there is nothing, or a folder of longer names. */
const NO_TAG: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "EPERM"]);
