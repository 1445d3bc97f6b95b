import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
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

function cacheFolder(): string {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: windows } = process.env;
  // The XDG base directory specification: a relative path is to be ignored.
  if (chosen && isAbsolute(chosen)) return chosen;
  if (process.platform === "win32" && windows) return windows;
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
