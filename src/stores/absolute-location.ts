import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** As MLflow: a relative path becomes absolute, a relative `file:` URI as well, any other URI stays. */
export function absoluteLocation(location: string): string {
  const relativeUri = /^file:(?!\/)(.*)$/i.exec(location);
  if (relativeUri) return pathToFileURL(resolve(decodeURIComponent(relativeUri[1] as string))).href;
  return /^[a-z][a-z0-9+.-]+:/i.test(location) ? location : resolve(location);
}
