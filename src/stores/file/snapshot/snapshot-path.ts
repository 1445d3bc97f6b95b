import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../core";
import type { StoreRoot } from "../store-root";

/**
 * Where the snapshot of an experiment lies: in the user's cache folder and never in the store, for Python takes a folder there
 * for an experiment. The store is known by its real path. `undefined` for a user without a home.
 */
export function snapshotPath(root: StoreRoot, experimentId: string): string | undefined {
  try {
    const store = createHash("sha256").update(realpathSync(root.path)).digest("hex").slice(0, 32);
    return join(cacheFolder(), "trackbook", "runs", store, `${experimentId}.snapshot`);
  } catch {
    return undefined;
  }
}
