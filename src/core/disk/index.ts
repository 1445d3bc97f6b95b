export { makeFolder } from "./folders";
export { shippedText } from "./shipped-text";
