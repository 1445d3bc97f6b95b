export {
  type DeletedEntity,
  type DeletedKind,
  type FileGarbage,
  type FileStoreOptions,
  fileGarbage,
  fileStore,
  type Removal,
} from "./file";
export { openTrackingStore } from "./open-tracking-store";
export type * from "./tracking-store";
