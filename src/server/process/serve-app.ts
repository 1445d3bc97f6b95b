import { type Address, type App, type Patience, serveConnections, startHttpServer } from "./http-server";
import { stopSignal } from "./stop-signal";
import { isWorker, leaveWorkers, startWorkers, takeConnections, WorkerEnded, workerStop } from "./workers";

const SLACK_MS = 5000;

/** How an app is served by this process and those that it starts. */
export interface ServeAppOptions extends Address, Patience {
  /** Processes that share the port. */
  readonly workers: number;
  /** Told the URL once the server answers. */
  ready(url: string): void;
}

/**
 * Serves an app until this process is told to stop, and answers the exit code. What came in before is answered.
 *
 * @param load is called in each process that answers requests
 */
export async function serveApp(load: () => Promise<App>, options: ServeAppOptions): Promise<number> {
  if (isWorker()) return serveAsWorker(load, options);
  const stop = stopSignal();
  if (options.workers > 1) return superviseWorkers(stop, options);
  const server = await startHttpServer(await load(), options, options);
  options.ready(server.url);
  const code = await stop;
  await server.drain();
  return ending(code);
}

async function serveAsWorker(load: () => Promise<App>, options: ServeAppOptions): Promise<number> {
  try {
    const stop = workerStop();
    const server = serveConnections(await load(), options);
    takeConnections((socket) => server.take(socket));
    await stop;
    await server.drain();
    return ending(0);
  } finally {
    leaveWorkers();
  }
}

async function superviseWorkers(stop: Promise<number>, options: ServeAppOptions): Promise<number> {
  try {
    const workers = await startWorkers(options.workers, options);
    options.ready(workers.url);
    const code = await Promise.race([stop, workers.failure]);
    // Each has that time for itself, and a moment to end.
    await workers.drain(options.stopTimeout && options.stopTimeout + SLACK_MS);
    return ending(code);
  } catch (cause) {
    // It has said on stderr, which is ours, what was wrong.
    if (cause instanceof WorkerEnded) return cause.exitCode;
    throw cause;
  }
}

/** An app may hold handles that nobody closes; they do not keep the process. */
function ending(code: number): number {
  setTimeout(() => process.exit(code), 200).unref();
  return code;
}
