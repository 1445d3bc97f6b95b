export * from "./rendered";
export type { HistoryPoint } from "./history";
export * from "./run-card";
export * from "./model-card";
