export { RunSearch, type RunSearchOptions } from "./run-search";
