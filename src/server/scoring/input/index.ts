export { type ServedRequest, requestOfCsv, requestOfJson } from "./served-request";
