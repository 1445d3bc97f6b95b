export { REGISTRY_OPERATIONS } from "./registry-operations";
