export { type FileStoreOptions, fileStore } from "./file-store";
export { resolveRoot, type StoreRoot } from "./store-root";
