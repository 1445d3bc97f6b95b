import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Begins a thread that runs a file of ours. By a line that requires it: Deno takes a file that a thread is given for an ES module, whatever the
 * package says.
 */
export const startThread = (path: string, options: WorkerOptions): Worker =>
  new Worker(`require(${JSON.stringify(path)})`, { ...options, eval: true });
