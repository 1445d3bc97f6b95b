export { type FileStoreOptions, fileStore } from "./file";
export { openTrackingStore } from "./open-tracking-store";
export type * from "./tracking-store";
