export { Run } from "./run";
export { RunList } from "./run-list";
