export { type InstallOptions, installLiveDisplay } from "./install";
export type { LiveView } from "./frame-painter";
