import { serveApp, type ServeAppOptions } from "../process";
import { type BackendOptions, openBackend } from "./open-backend";
import { createTrackingApp, type TrackingOptions } from "./tracking-app";

/** A network that is only slow lets something through in that time. */
const SILENCE_MS = 60_000;

/** How the tracking server runs. */
export interface ServeTrackingOptions
  extends TrackingOptions,
    BackendOptions,
    Omit<ServeAppOptions, "timeout" | "silence"> {}

/** Serves a store until this process is told to stop, and answers the exit code. What came in before is answered. */
export const serveTracking = (options: ServeTrackingOptions): Promise<number> =>
  serveApp(async () => createTrackingApp(openBackend(options), options), {
    ...options,
    // A large file over a slow network takes as long as it takes.
    silence: SILENCE_MS,
  });
