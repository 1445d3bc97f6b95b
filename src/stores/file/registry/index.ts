export { type FileRegistryOptions, fileRegistry } from "./file-registry";
