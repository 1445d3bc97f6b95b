import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The user's folder for what can be made again, as the operating system has it. @throws for a user without a home */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: windows } = process.env;
  // The XDG base directory specification: a relative path is to be ignored.
  if (chosen && isAbsolute(chosen)) return chosen;
  if (process.platform === "win32" && windows) return windows;
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
