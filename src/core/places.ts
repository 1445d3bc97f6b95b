import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** True for a URI and not a path; one letter and a colon is a Windows drive. */
export const hasScheme = (place: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(place);

/** True for a `file:` URI. */
export const isFileUri = (place: string): boolean => /^file:/i.test(place);

/** A URI as people may see it: without a user and a password in it, also where the password holds what a URL's may not. */
export const withoutCredentials = (uri: string): string =>
  uri
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@|[^/?#@:[]*:(?!\d*(?:[/?#]|$)).*@)/is, "$1")
    .replace(/([?&](?:password|passwd|sslpassword)=)[^&#]*/gi, "$1***");

/** True for a place on this machine: a path or `file:` URI. */
export const isLocalPlace = (place: string): boolean => isFileUri(place) || !hasScheme(place);

/**
 * The absolute path of a path or `file:` URI; unlike Node's own reading the URI may be relative, as in MLflow.
 *
 * @throws what Node throws for a `file:` URI of another host
 */
export function localPath(place: string): string {
  if (!isFileUri(place)) return resolve(place);
  const rest = place.slice("file:".length);
  return resolve(rest.startsWith("/") ? fileURLToPath(place) : decodeURIComponent(rest));
}

/** The user's folder for what can be made again, as the operating system has it. @throws for a user without a home */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: chosen, LOCALAPPDATA: windows } = process.env;
  // The XDG base directory specification: a relative path is to be ignored.
  if (chosen && isAbsolute(chosen)) return chosen;
  if (process.platform === "win32" && windows) return windows;
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
