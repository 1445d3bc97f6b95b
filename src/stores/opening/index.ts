export { openAnyTrackingStore } from "./open-any-tracking-store";
export { openGarbage } from "./open-garbage";
export { openRegistryStore } from "./open-registry-store";
export { type OpenStoreOptions, openTrackingStore } from "./open-tracking-store";
