import { serveApp, type ServeAppOptions } from "../process";
import { type BackendOptions, openBackend } from "./open-backend";
import { createTrackingApp, type TrackingOptions } from "./tracking-app";

/** How the tracking server runs. */
export interface ServeTrackingOptions extends TrackingOptions, BackendOptions, Omit<ServeAppOptions, "timeout"> {}

/** Serves a store until this process is told to stop, and answers the exit code. What came in before is answered. */
export const serveTracking = (options: ServeTrackingOptions): Promise<number> =>
  serveApp(async () => createTrackingApp(openBackend(options), options), {
    ...options,
    // A large file over a slow network takes as long as it takes.
    timeout: Number.POSITIVE_INFINITY,
  });
