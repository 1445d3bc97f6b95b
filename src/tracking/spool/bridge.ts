import { join } from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, type Worker } from "node:worker_threads";
import { messages, StoreError, withoutCredentials } from "../../core";
import { knownCredentials } from "../../core/credentials";
import { startThread } from "../../core/threads";
import type { ExperimentChoice } from "../experiment-choice";
import { type Answer, type BridgeStart, type Event, type Request, Signal } from "./bridge-messages";
import type { RunDraft } from "../recording-store";
import { fromSentError, toSentError } from "./problem-transfer";

/** After a server has not answered in time it is not asked again for so many milliseconds, unless it is heard of. */
const REST = 10_000;

type Unsent<R> = R extends Request ? Omit<R, "id"> : never;

/**
 * A thread that talks to a server: it delivers what waits in the spool whatever this thread does, and lets this thread wait for an answer
 * without giving up its turn.
 */
export class Bridge {
  readonly #start: Omit<BridgeStart, "signals" | "credentials">;
  readonly #onEvent: (event: Event) => void;
  readonly #flags = new Int32Array(new SharedArrayBuffer(8));
  readonly #flushes = new Map<number, (event: Extract<Event, { kind: "flushed" }>) => void>();
  #worker: Worker | undefined;
  #answers: MessagePort | undefined;
  #count = 0;
  /** Why there is no thread any more. */
  #fault: StoreError | undefined;
  #restsUntil = 0;

  constructor(start: Omit<BridgeStart, "signals" | "credentials">, onEvent: (event: Event) => void) {
    this.#start = start;
    this.#onEvent = onEvent;
  }

  /** Begins the thread, which takes its time. */
  begin(): Worker {
    if (this.#worker) return this.#worker;
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    port1.unref();
    const worker = startThread(join(__dirname, "bridge-worker.js"), {
      workerData: { ...this.#start, credentials: knownCredentials, signals: this.#flags.buffer, answers: port2 },
      transferList: [port2],
      // What is patched in this thread is not to be patched there, and what waits is tried again without MLflow's long waits.
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: "", MLFLOW_HTTP_REQUEST_MAX_RETRIES: "0" },
      name: "trackbook",
    });
    worker.on("message", (event: Event) => this.#hear(event));
    worker.on("error", (error) => this.#end(error));
    worker.on("exit", () => this.#end(new Error("it has ended")));
    // After the listeners: each of them makes the program wait for the thread.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /** Something has been appended to the journal. */
  poke(): void {
    this.begin().postMessage({ kind: "appended" } satisfies Request);
  }

  /** The journal that this process has written is followed by another. */
  goOn(folder: string): void {
    this.begin().postMessage({ kind: "journal", folder } satisfies Request);
  }

  /** @throws what the store says; TEMPORARILY_UNAVAILABLE when no answer comes in time */
  call(method: string, args: readonly unknown[], isAfterDelivery = false): unknown {
    return this.#ask({ kind: "call", method, args, isAfterDelivery });
  }

  /** The same for a run; one that is opened after all when nobody waits any more is deleted unless `isKept`. */
  openRun(experiment: ExperimentChoice, draft: RunDraft, isKept: boolean): unknown {
    return this.#ask({ kind: "openRun", experiment, draft }, !isKept);
  }

  /** Resolves when all that has been appended is delivered. */
  flush(): Promise<void> {
    if (this.#fault) return Promise.reject(this.#fault);
    const id = ++this.#count;
    const worker = this.begin();
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#flushes.set(id, ({ error }) => {
        this.#flushes.delete(id);
        if (this.#flushes.size === 0) worker.unref();
        if (error) reject(fromSentError(error));
        else resolve();
      });
      worker.postMessage({ kind: "flush", id } satisfies Request);
    });
  }

  /** The same at once; false when it is not over in time, or has failed. */
  flushNow(patience: number): boolean {
    if (this.#fault) return false;
    const id = ++this.#count;
    this.begin().postMessage({ kind: "flush", id } satisfies Request);
    const deadline = performance.now() + patience;
    for (;;) {
      const flushed = Atomics.load(this.#flags, Signal.flushed);
      if (Math.abs(flushed) >= id) return flushed > 0;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      Atomics.wait(this.#flags, Signal.flushed, flushed, left);
    }
  }

  /** What waits stays in the spool. */
  #end(cause: unknown): void {
    const what = `the thread that talks to ${withoutCredentials(this.#start.uri)} does not run: ${(cause as Error).message}.`;
    this.#fault ??= new StoreError(messages.storeFailed(what), { cause });
    const error = toSentError(this.#fault);
    for (const [id, over] of [...this.#flushes]) over({ kind: "flushed", id, error });
  }

  #hear(event: Event): void {
    if (event.kind === "flushed") this.#flushes.get(event.id)?.(event);
    if (event.kind === "confirmed" || (event.kind === "flushed" && !event.error)) this.#restsUntil = 0;
    this.#onEvent(event);
  }

  #ask(request: Unsent<Extract<Request, { kind: "call" | "openRun" }>>, isAbandoned = false): unknown {
    if (this.#fault) throw this.#fault;
    if (performance.now() < this.#restsUntil) throw this.#silence();
    const id = ++this.#count;
    const worker = this.begin();
    worker.postMessage({ ...request, id } as Request);
    const answer = this.#waitFor(id);
    if (!answer) {
      this.#restsUntil = performance.now() + REST;
      if (isAbandoned) worker.postMessage({ kind: "abandon", id } satisfies Request);
      throw this.#silence();
    }
    if (!("error" in answer)) return answer.value;
    const error = fromSentError(answer.error);
    if (error.code === "TEMPORARILY_UNAVAILABLE") this.#restsUntil = performance.now() + REST;
    throw error;
  }

  #waitFor(id: number): Answer | undefined {
    const deadline = performance.now() + this.#start.patience;
    for (;;) {
      const seen = Atomics.load(this.#flags, Signal.answered);
      const received = this.#answers && receiveMessageOnPort(this.#answers);
      const answer = received?.message as Answer | undefined;
      if (answer?.id === id) return answer;
      if (answer) continue;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      Atomics.wait(this.#flags, Signal.answered, seen, left);
    }
  }

  #silence(): StoreError {
    const { uri, patience } = this.#start;
    return new StoreError(messages.serverUnreachable(withoutCredentials(uri), `no answer within ${patience / 1000} s`));
  }
}
