export type { Backend } from "./backend";
export { Histories } from "./histories";
export { type BackendOptions, openBackend } from "./open-backend";
export { serveTracking, type ServeTrackingOptions } from "./serve-tracking";
export { createTrackingApp, type TrackingOptions } from "./tracking-app";
