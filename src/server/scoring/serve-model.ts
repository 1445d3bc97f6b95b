import {
  isWorker,
  leaveWorkers,
  serveConnections,
  startHttpServer,
  startWorkers,
  stopSignal,
  takeConnections,
  WorkerEnded,
  workerStop,
} from "./process";
import { createScoringApp, type ScoringOptions } from "./scoring-app";
import type { ServedModel } from "./served-model";

/** How a model is served by this process and those that it starts. */
export interface ServeOptions extends Omit<ScoringOptions, "timeout"> {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** How long a request may take, in milliseconds. */
  readonly timeout: number;
  /** Processes that share the port. */
  readonly workers: number;
  /** Told the URL once the server answers. */
  ready(url: string): void;
}

/**
 * Serves a model until this process is told to stop, and answers the exit code. What came in before is answered.
 *
 * @param load is called in each process that answers requests
 */
export async function serveModel(load: () => Promise<ServedModel>, options: ServeOptions): Promise<number> {
  if (isWorker()) return serveAsWorker(load, options);
  const stop = stopSignal();
  if (options.workers > 1) return superviseWorkers(stop, options);
  const server = await startHttpServer(createScoringApp(await load(), options), options, options.timeout);
  options.ready(server.url);
  const code = await stop;
  await server.drain();
  return ending(code);
}

async function serveAsWorker(load: () => Promise<ServedModel>, options: ServeOptions): Promise<number> {
  try {
    const stop = workerStop();
    const server = serveConnections(createScoringApp(await load(), options), options.timeout);
    takeConnections((socket) => server.take(socket));
    await stop;
    await server.drain();
    return ending(0);
  } finally {
    leaveWorkers();
  }
}

async function superviseWorkers(stop: Promise<number>, options: ServeOptions): Promise<number> {
  try {
    const workers = await startWorkers(options.workers, options);
    options.ready(workers.url);
    const code = await Promise.race([stop, workers.failure]);
    await workers.drain();
    return ending(code);
  } catch (cause) {
    // It has said on stderr, which is ours, what was wrong.
    if (cause instanceof WorkerEnded) return cause.exitCode;
    throw cause;
  }
}

/** A model may hold handles that nobody closes; they do not keep the process. */
function ending(code: number): number {
  setTimeout(() => process.exit(code), 200).unref();
  return code;
}
