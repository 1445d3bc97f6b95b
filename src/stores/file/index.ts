export { type FileStoreOptions, fileStore } from "./file-store";
export { type DeletedEntity, type DeletedKind, type FileGarbage, fileGarbage, type Removal } from "./garbage";
export { type FileRegistryOptions, fileRegistry } from "./registry";
export { resolveRoot, type StoreRoot } from "./store-root";
