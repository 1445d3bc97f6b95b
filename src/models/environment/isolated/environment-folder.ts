import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, InvalidInputError, messages } from "../../../core";
import { LOCK, MANIFEST } from "../lock-file";

/** The files of a model that say what is installed for it. */
export interface PinnedFiles {
  readonly [MANIFEST]: Uint8Array;
  readonly [LOCK]: Uint8Array;
}

/** @throws InvalidInputError when the model's folder does not say what it needs */
export function readPinnedFiles(modelFolder: string): PinnedFiles {
  const read = (name: string) => {
    try {
      return readFileSync(join(modelFolder, name));
    } catch (cause) {
      throw new InvalidInputError(messages.packagesNotPinned(modelFolder, name), { cause });
    }
  };
  return { [MANIFEST]: read(MANIFEST), [LOCK]: read(LOCK) };
}

/** Where the environments of all models lie. */
export const environmentsFolder = (): string => join(cacheFolder(), "trackbook", "environments");

/**
 * The name of an environment's folder: models that need the same share one. Packages that are compiled when they are installed fit one
 * machine and one version of Node's interface to them.
 */
export function environmentName(files: PinnedFiles): string {
  const { platform, arch, versions } = process;
  const hash = createHash("sha256").update(JSON.stringify([platform, arch, versions.modules]));
  for (const bytes of [files[MANIFEST], files[LOCK]]) hash.update(`\n${bytes.length}\n`).update(bytes);
  return hash.digest("hex").slice(0, 32);
}
