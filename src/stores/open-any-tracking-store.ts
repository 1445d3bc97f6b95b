import { openTrackingStore } from "./open-tracking-store";
import type { AnyTrackingStore } from "./tracking-store";

/**
 * The store that a tracking URI names, whether it answers at once or with promises.
 *
 * @throws InvalidInputError INVALID_PARAMETER_VALUE for a URI that names no store that trackbook has
 * @example await openAnyTrackingStore(uri).getExperiment("0");
 */
export function openAnyTrackingStore(uri: string): AnyTrackingStore {
  return openTrackingStore(uri);
}
