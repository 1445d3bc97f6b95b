import cluster, { type Worker } from "node:cluster";
import type { Socket } from "node:net";
import { errorCode, messages, StoreError } from "../../core";
import { openDoor } from "./door";
import type { Address } from "./http-server";

/** True in a process that {@link startWorkers} has started. */
export const isWorker = (): boolean => cluster.isWorker;

/** True in the one that tells what all of them find. */
export const isFirstProcess = (): boolean => cluster.worker === undefined || cluster.worker.id === 1;

/** Processes that share a port. */
export interface Workers {
  readonly url: string;
  /** Rejects when workers end as soon as they have started, and nothing is served any more. */
  readonly failure: Promise<never>;
  /** Lets each answer what has come in, and resolves when all have ended; those that have not after `patience` milliseconds are killed. */
  drain(patience?: number): Promise<void>;
}

/** The first worker has ended before it listened, and told why. */
export class WorkerEnded extends Error {
  override readonly name = "WorkerEnded";
  readonly exitCode: number;

  constructor(exitCode: number | null) {
    super(`a worker ended with ${String(exitCode)}`);
    this.exitCode = exitCode || 1;
  }
}

const READY = "trackbook: ready";
const CONNECTION = "trackbook: connection";
const DRAIN = "trackbook: drain";

/** A worker that lives no longer has not come to answer anything. */
const BRIEF_MS = 2000;
/** How many may end so soon, one after the other, until it is given up. */
const MAX_BRIEF = 3;

/**
 * Starts this program again, `count` times, with the same arguments. This process takes the connections and hands each to a worker in its turn; a
 * worker that dies is replaced. When it is time to stop, the door is closed first: so nothing comes to a worker that has stopped.
 *
 * @throws WorkerEnded when one ends before it is ready
 */
export async function startWorkers(count: number, address: Address): Promise<Workers> {
  const pool = new WorkerPool();
  try {
    // What is wrong with the model is told once.
    await pool.start();
    await Promise.all(Array.from({ length: count - 1 }, () => pool.start()));
    const door = await openDoor(address, (socket) => pool.hand(socket));
    const drain = async (patience?: number) => {
      await door.close();
      await pool.drain(patience);
    };
    return { url: door.url, failure: pool.replaceTheDead(), drain };
  } catch (cause) {
    pool.kill();
    throw cause;
  }
}

class WorkerPool {
  readonly #ready: Worker[] = [];
  /** Connections on their way: Node sends one after the other, and forgets those that wait when the worker dies. */
  readonly #waiting = new Map<Worker, Set<Socket>>();
  #isDraining = false;
  #brief = 0;

  /** Resolves when the new worker can answer. */
  start(): Promise<void> {
    const worker = cluster.fork();
    // What cannot be sent to it any more is followed by its end.
    worker.on("error", () => undefined);
    this.#waiting.set(worker, new Set());
    return new Promise((resolve, reject) => {
      worker.once("message", () => {
        this.#ready.push(worker);
        resolve();
      });
      worker.once("exit", (code) => {
        this.#bury(worker);
        reject(new WorkerEnded(code));
      });
    });
  }

  /** Gives a connection to the worker whose turn it is. */
  hand(socket: Socket): void {
    const worker = this.#next();
    if (!worker) {
      socket.destroy();
      return;
    }
    const waiting = this.#waiting.get(worker);
    waiting?.add(socket);
    worker.send(CONNECTION, socket, (error) => {
      waiting?.delete(socket);
      if (!error) return;
      // Its channel was closed already: nothing has gone to it.
      if (errorCode(error) === "ERR_IPC_CHANNEL_CLOSED") this.hand(socket);
      else socket.destroy();
    });
  }

  #bury(worker: Worker): void {
    if (this.#ready.includes(worker)) this.#ready.splice(this.#ready.indexOf(worker), 1);
    const waiting = this.#waiting.get(worker) ?? [];
    this.#waiting.delete(worker);
    for (const socket of waiting) this.hand(socket);
  }

  #next(): Worker | undefined {
    for (let rest = this.#ready.length; rest > 0; rest--) {
      const worker = this.#ready.shift() as Worker;
      this.#ready.push(worker);
      if (worker.isConnected()) return worker;
    }
    return undefined;
  }

  replaceTheDead(): Promise<never> {
    const born = new Map<number, number>();
    cluster.on("fork", ({ id }) => born.set(id, Date.now()));
    return new Promise((_, reject) => {
      cluster.on("exit", ({ id }, code: number | null) => {
        if (this.#isDraining) return;
        const isBrief = Date.now() - (born.get(id) ?? 0) < BRIEF_MS;
        this.#brief = isBrief ? this.#brief + 1 : 0;
        born.delete(id);
        if (this.#brief < MAX_BRIEF) {
          this.start().catch(() => undefined);
          return;
        }
        this.kill();
        reject(new StoreError(messages.workersFailed(code)));
      });
    });
  }

  kill(): void {
    this.#isDraining = true;
    for (const worker of living()) worker.process.kill("SIGKILL");
  }

  async drain(patience?: number): Promise<void> {
    this.#isDraining = true;
    if (patience !== undefined) setTimeout(() => this.kill(), patience).unref();
    await Promise.all(
      living().map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.once("exit", () => resolve());
            if (worker.isConnected()) worker.send(DRAIN);
            else if (worker.isDead()) resolve();
          }),
      ),
    );
  }
}

const living = (): readonly Worker[] =>
  Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker !== undefined);

/** Tells the first process that this worker can answer; what it hands over goes to `take`. */
export function takeConnections(take: (socket: Socket) => void): void {
  process.on("message", (message, socket) => {
    if (message === CONNECTION && socket) take(socket as Socket);
  });
  process.send?.(READY);
}

/**
 * Resolves in a worker when it is to stop. Signals of the terminal come to all processes at once; only the first process's word counts.
 */
export function workerStop(): Promise<void> {
  process.on("SIGINT", () => undefined);
  return new Promise((resolve) => {
    process.on("SIGTERM", () => resolve());
    process.on("message", (message) => message === DRAIN && resolve());
  });
}

/** Lets a worker that has drained end. */
export const leaveWorkers = (): void => void cluster.worker?.disconnect();
