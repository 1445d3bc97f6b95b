import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { InvalidInputError, localPath, messages } from "../../../core";

/** A place of artifacts, to be compared with others. */
export interface Place {
  /** The bucket, where it lies in one. */
  readonly bucket?: string;
  /** Absolute, links in what exists of it followed; in a bucket from `/` on. */
  readonly path: string;
  /** True for itself and what lies below. */
  holds(other: Place): boolean;
}

/** True for a URI of S3. */
export const isS3 = (uri: string): boolean => /^s3:/i.test(uri);

/** What a path, or a URI of this machine or S3, names. @throws INVALID_PARAMETER_VALUE for one that names nothing, or walks up in a bucket */
export function placeOf(uri: string): Place {
  const { bucket, path } = isS3(uri) ? inBucket(uri) : { bucket: undefined, path: realPlace(uri) };
  return { bucket, path, holds: (other) => other.bucket === bucket && isWithin(other.path, path) };
}

function inBucket(uri: string): { bucket: string; path: string } {
  const [, bucket, path = ""] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/is.exec(uri) ?? [];
  // A URL of it walks up by itself.
  if (bucket === undefined || path.split("/").some((part) => /^(?:\.|%2e){1,2}$/i.test(part)))
    throw new InvalidInputError(messages.badArtifactLocation(uri));
  return { bucket, path: `/${path}` };
}

function isWithin(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between === "" || (!/^\.\.(?:[\\/]|$)/.test(between) && !isAbsolute(between));
}

function realPlace(uri: string): string {
  try {
    return real(localPath(uri));
  } catch (cause) {
    throw new InvalidInputError(messages.badArtifactLocation(uri), { cause });
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    const parent = dirname(path);
    if (parent === path) throw cause;
    return join(real(parent), path.slice(parent.length));
  }
}
