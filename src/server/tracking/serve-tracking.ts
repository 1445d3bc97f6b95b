import { type App, serveApp, type ServeAppOptions } from "../process";
import { type BackendOptions, openBackend } from "./open-backend";
import { prepareStores } from "./prepare-stores";
import { createTrackingApp, type TrackingOptions } from "./tracking-app";

/** A network that is only slow lets something through in that time. */
const SILENCE_MS = 60_000;

/** How the tracking server runs. */
export interface ServeTrackingOptions
  extends TrackingOptions,
    BackendOptions,
    Omit<ServeAppOptions, "timeout" | "silence"> {}

/**
 * Serves a store until this process is told to stop, and answers the exit code. What came in before is answered.
 *
 * @throws what a store says that cannot be used, before it listens
 */
export const serveTracking = (options: ServeTrackingOptions): Promise<number> =>
  serveApp(() => loadApp(options), {
    ...options,
    // A large file over a slow network takes as long as it takes.
    silence: SILENCE_MS,
  });

async function loadApp(options: ServeTrackingOptions): Promise<App> {
  const backend = openBackend(options);
  if (!options.isArtifactsOnly) await prepareStores(backend, options);
  return createTrackingApp(backend, options);
}
