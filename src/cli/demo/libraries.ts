import { errorCode } from "../../core";
import { currentRuntime } from "../../runtime";

/** The libraries of the demo: those that could be loaded, with their exports, and those that are not installed. */
export interface DemoLibraries {
  readonly loaded: ReadonlyMap<string, unknown>;
  readonly missing: readonly string[];
  /** Installed, but not to be loaded: why. */
  readonly broken: ReadonlyMap<string, unknown>;
}

/** Loads packages as the user's own program would. */
export function loadLibraries(names: readonly string[]): DemoLibraries {
  const loaded = new Map<string, unknown>();
  const broken = new Map<string, unknown>();
  const missing: string[] = [];
  for (const name of names) {
    try {
      loaded.set(name, currentRuntime().requireFromUser(name));
    } catch (cause) {
      if (isMissing(cause, name)) missing.push(name);
      else broken.set(name, cause);
    }
  }
  return { loaded, missing, broken };
}

/** Node says the same of a package that misses one of its own dependencies; the name in quotes tells. */
const isMissing = (cause: unknown, name: string): boolean =>
  errorCode(cause) === "MODULE_NOT_FOUND" && String(cause).includes(`'${name}'`);
