import { serveApp, type ServeAppOptions } from "../process";
import { createScoringApp, type ScoringOptions } from "./scoring-app";
import type { ServedModel } from "./served-model";

/** How a model is served by this process and those that it starts. */
export interface ServeOptions extends Omit<ScoringOptions, "timeout">, ServeAppOptions {}

/**
 * Serves a model until this process is told to stop, and answers the exit code. What came in before is answered.
 *
 * @param load is called in each process that answers requests
 */
export const serveModel = (load: () => Promise<ServedModel>, options: ServeOptions): Promise<number> =>
  serveApp(async () => createScoringApp(await load(), options), options);
