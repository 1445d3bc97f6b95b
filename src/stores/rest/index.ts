export { restRegistry } from "./rest-registry";
export { type RestStoreOptions, restStore } from "./rest-store";
