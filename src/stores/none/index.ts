export { emptyRegistry } from "./empty-registry";
export { emptyStore } from "./empty-store";
