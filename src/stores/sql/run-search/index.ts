export { searchRuns } from "./search-runs";
