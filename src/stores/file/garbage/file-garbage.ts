import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isLocalPlace, localPath } from "../../../core";
import { discard, sweep } from "../discard";
import { withStoreErrors } from "../file-errors";
import { META_FILE } from "../layout";
import { resolveRoot, type StoreRoot } from "../store-root";
import { type DeletedEntity, isStillDeleted, listDeleted } from "./deleted-entities";

/** How a removal ended. */
export interface Removal {
  /** False when it had been restored, or removed, meanwhile. */
  readonly removed: boolean;
  /** Where artifacts were left that cannot be reached from here, or that may be somebody else's. */
  readonly leftArtifacts?: string;
}

/** What is deleted in a file store, and its removal for good. */
export interface FileGarbage {
  /** Everything in the `deleted` state, each experiment after what is in it. */
  list(): DeletedEntity[];
  /** Removes one of {@link list} with its artifacts. */
  remove(entity: DeletedEntity): Removal;
}

/** The garbage of the file store in a folder. */
export function fileGarbage({ root: place }: { readonly root: string }): FileGarbage {
  const root = resolveRoot(place);
  return withStoreErrors<FileGarbage>({
    list: () => listDeleted(root),
    remove: (entity) => remove(root, entity),
  });
}

function remove(root: StoreRoot, entity: DeletedEntity): Removal {
  mkdirSync(root.trash, { recursive: true });
  sweep(root);
  if (!isStillDeleted(root, entity) || !discard(root, entity.folder)) return { removed: false };
  return { removed: true, leftArtifacts: removeArtifacts(root, entity) };
}

/**
 * Removes artifacts that lie outside the store; answers what it left. They are the entity's when its id is in their path and no
 * meta.yaml lies beside them: that would be another store's run, of which this store is a copy.
 */
function removeArtifacts(root: StoreRoot, { kind, id, artifactUri }: DeletedEntity): string | undefined {
  if (!isLocalPlace(artifactUri)) return artifactUri;
  const path = localPath(artifactUri);
  if (kind === "experiment" || !existsSync(path)) return undefined;
  const isApart = !isBelow(root.path, path) && !isBelow(path, root.path);
  const isOwn = isApart && path.split(/[\\/]/).includes(id) && !existsSync(join(path, "..", META_FILE));
  if (!isOwn) return artifactUri;
  rmSync(path, { recursive: true, force: true });
  return undefined;
}

function isBelow(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return between === "" || !(between === ".." || between.startsWith(`..${sep}`));
}
