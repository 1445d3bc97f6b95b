export { absoluteLocation } from "./absolute-location";
export {
  type FileRegistryOptions,
  type FileStoreOptions,
  fileRegistry,
  fileStore,
} from "./file";
export type { DeletedEntity, DeletedKind, Garbage, Removal } from "./garbage";
export { findVersion, type VersionAddress } from "./find-version";
export { type ModelAddress, parseModelAddress } from "./model-address";
export { addIndexes, examineDatabase, isDatabase } from "./databases";
export type * from "./history-parts";
export {
  openAnyTrackingStore,
  openGarbage,
  openRegistryStore,
  type OpenStoreOptions,
  openTrackingStore,
} from "./opening";
export { MODEL_KEY, RUN_KEY } from "./run-key";
export type * from "./registry-store";
export type * from "./remote";
export type {
  DatabaseReport,
  SearchPatience,
  ServerStoreOptions,
  ServerStores,
  SqliteStoreOptions,
  SqlStores,
} from "./sql";
export { sqlitePath } from "./sqlite-address";
export type * from "./tracking-store";
