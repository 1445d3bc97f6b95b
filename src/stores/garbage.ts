import { existsSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isLocalPlace, localPath } from "../core";

/** What can be removed for good. */
export type DeletedKind = "run" | "logged model" | "experiment";

/** Something in the `deleted` state, or inside a deleted experiment. */
export interface DeletedEntity {
  readonly kind: DeletedKind;
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  /** Epoch milliseconds; unknown for runs that something else than MLflow or trackbook marked. */
  readonly deletedTime?: number;
  readonly artifactUri: string;
  /** True where only the experiment around it is deleted: it goes with that or not at all. */
  readonly goesWithExperiment: boolean;
}

/** How a removal ended. */
export interface Removal {
  /** False when it had been restored, or removed, meanwhile. */
  readonly removed: boolean;
  /** Where artifacts were left that cannot be reached from here, or that may be somebody else's. */
  readonly leftArtifacts?: string;
}

/** What is deleted in a store, and its removal for good. */
export interface Garbage {
  /** Everything in the `deleted` state, each experiment after what is in it. */
  list(): readonly DeletedEntity[] | Promise<readonly DeletedEntity[]>;
  /** Removes one of {@link list} with its artifacts. */
  remove(entity: DeletedEntity): Removal | Promise<Removal>;
}

/**
 * Removes artifacts that a removed run or model has kept in a folder of its own; answers what it left. They are the entity's when its id
 * is in their path and no meta.yaml lies beside them: that would be another store's run, of which this store is a copy.
 */
export function removeOwnArtifacts(
  { kind, id, artifactUri }: DeletedEntity,
  isApart: (path: string) => boolean = () => true,
): string | undefined {
  if (kind === "experiment") return undefined;
  if (!isLocalPlace(artifactUri)) return artifactUri;
  const path = localPath(artifactUri);
  if (!existsSync(path)) return undefined;
  const isOwn = isApart(path) && path.split(/[\\/]/).includes(id) && !existsSync(join(path, "..", "meta.yaml"));
  if (!isOwn) return artifactUri;
  rmSync(path, { recursive: true, force: true });
  if (basename(dirname(path)) === id) removeIfEmpty(dirname(path));
  return undefined;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies there.
  }
}
