import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import type { ArtifactRepository } from "../../artifacts";

/**
 * Copies the files that lie in a local folder, its sub-folders included. They are listed before the first is copied, so a folder that holds the artifacts
 * themselves is copied as it was.
 */
export function copyFolder(artifacts: ArtifactRepository, folder: string, artifactPath: string): void {
  for (const file of filesBelow(folder))
    artifacts.copyIn(join(folder, file), posix.join(artifactPath, file.split(sep).join("/")));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(isFile)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const isFile = (entry: Dirent): boolean =>
  entry.isFile() ||
  (entry.isSymbolicLink() &&
    statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.isFile() === true);
