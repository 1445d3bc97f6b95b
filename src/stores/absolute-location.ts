import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hasScheme, localPath } from "../core";

/** As MLflow: a relative path becomes absolute, a relative `file:` URI as well, any other URI stays. */
export function absoluteLocation(location: string): string {
  if (/^file:(?!\/)/i.test(location)) return pathToFileURL(localPath(location)).href;
  return hasScheme(location) ? location : resolve(location);
}
