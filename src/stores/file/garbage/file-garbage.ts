import { relative, sep } from "node:path";
import { makeFolder } from "../../../core/disk";
import { type Removal, removeOwnArtifacts } from "../../garbage";
import { discard, sweep } from "../discard";
import { withStoreErrors } from "../file-errors";
import { resolveRoot, type StoreRoot } from "../store-root";
import { isStillDeleted, listDeleted, type StoredDeletion } from "./deleted-entities";

/** What is deleted in a file store, and its removal for good. */
export interface FileGarbage {
  /** Everything in the `deleted` state, each experiment after what is in it. */
  list(): StoredDeletion[];
  /** Removes one of {@link list} with its artifacts. */
  remove(entity: StoredDeletion): Removal;
}

/** The garbage of the file store in a folder. */
export function fileGarbage({ root: place }: { readonly root: string }): FileGarbage {
  const root = resolveRoot(place);
  return withStoreErrors<FileGarbage>({
    list: () => listDeleted(root),
    remove: (entity) => remove(root, entity),
  });
}

function remove(root: StoreRoot, entity: StoredDeletion): Removal {
  makeFolder(root.trash);
  sweep(root);
  if (!isStillDeleted(root, entity) || !discard(root, entity.folder)) return { removed: false };
  // What lies inside the store has gone with it.
  const isApart = (path: string) => !isBelow(root.path, path) && !isBelow(path, root.path);
  return { removed: true, leftArtifacts: removeOwnArtifacts(entity, isApart) };
}

function isBelow(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return between === "" || !(between === ".." || between.startsWith(`..${sep}`));
}
