import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { startThread } from "../../core/threads";
import type { Segment, SegmentPlace } from "./source-segment";

export interface SegmentQuestion {
  readonly id: number;
  readonly place: SegmentPlace;
  readonly method: string;
}

/** What was found, nothing being a finding too; without it the thread could not tell. */
interface SegmentAnswer {
  readonly id: number;
  readonly found?: { readonly segment: Segment | undefined };
}

/** A thread that was not asked for so long gives its memory back. */
const IDLE = 10_000;

/**
 * Finds segments in a thread of its own: the parser takes 0.3 s and 40 MB to load, which would hold up the event loop and leave the next
 * training a full heap to collect.
 */
class SourceThread {
  readonly #questions = new Map<number, (found: SegmentAnswer["found"]) => void>();
  #worker: Worker | undefined;
  #isUnusable = false;
  #count = 0;
  /** Threads that have not ended yet. */
  #running = 0;
  #idle: NodeJS.Timeout | undefined;

  /** Whether a thread is there, with the memory and files that it takes. */
  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** `undefined` when the thread cannot tell. */
  ask(place: SegmentPlace, method: string): Promise<SegmentAnswer["found"]> {
    const worker = this.#begin();
    if (!worker) return Promise.resolve(undefined);
    const id = ++this.#count;
    clearTimeout(this.#idle);
    worker.ref();
    return new Promise((resolve) => {
      this.#questions.set(id, resolve);
      worker.postMessage({ id, place, method } satisfies SegmentQuestion);
    });
  }

  #begin(): Worker | undefined {
    if (this.#worker || this.#isUnusable) return this.#worker;
    try {
      const worker = startThread(join(__dirname, "source-worker.js"), {
        // What the program preloads or patches is no business of this thread.
        execArgv: [],
        env: { ...process.env, NODE_OPTIONS: "" },
        name: "trackbook source",
      });
      worker.on("message", (answer: SegmentAnswer) => this.#hear(answer));
      worker.on("error", () => {
        this.#isUnusable = true;
      });
      worker.on("exit", () => this.#end(worker));
      // After the listeners: each of them makes the program wait for the thread.
      worker.unref();
      this.#worker = worker;
      this.#running += 1;
    } catch {
      this.#isUnusable = true;
    }
    return this.#worker;
  }

  #hear({ id, found }: SegmentAnswer): void {
    this.#questions.get(id)?.(found);
    this.#questions.delete(id);
    if (this.#questions.size > 0) return;
    this.#worker?.unref();
    this.#idle = setTimeout(() => this.#leave(), IDLE).unref();
  }

  #leave(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #end(worker: Worker): void {
    this.#running -= 1;
    if (this.#worker !== worker && this.#worker) return;
    this.#worker = undefined;
    for (const resolve of this.#questions.values()) resolve(undefined);
    this.#questions.clear();
  }
}

export const sourceThread = new SourceThread();
