export { enforceInput } from "./enforce-input";
export { enforceParams } from "./enforce-params";
