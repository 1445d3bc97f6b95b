import { globalSlot, InvalidInputError, messages } from "../core";
import { fileStore, resolveRoot } from "./file";
import type { TrackingStore } from "./tracking-store";

const opened = globalSlot("tracking-stores", () => new Map<string, TrackingStore>());

/**
 * The store that a tracking URI names: a path or `file:` URI (`file:relative` too) is a file store. The same place gives the
 * same object. Nothing is made by opening.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has
 * @example openTrackingStore("./mlruns").searchExperiments({});
 */
export function openTrackingStore(uri: string): TrackingStore {
  if (typeof uri !== "string" || uri === "" || (hasScheme(uri) && !/^file:/i.test(uri)))
    throw new InvalidInputError(messages.unsupportedUri(String(uri)));
  const { artifactRoot } = resolveRoot(uri);
  const known = opened.get(artifactRoot);
  if (known) return known;
  const store = fileStore({ root: artifactRoot });
  opened.set(artifactRoot, store);
  return store;
}

/** True for a URI and not a path; one letter and a colon is a Windows drive. */
export const hasScheme = (uri: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(uri);
