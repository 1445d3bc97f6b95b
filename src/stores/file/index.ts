export { type FileStoreOptions, fileStore } from "./file-store";
export { type FileGarbage, fileGarbage } from "./garbage";
export { type FileRegistryOptions, fileRegistry } from "./registry";
export { resolveRoot, type StoreRoot } from "./store-root";
