import { type ArtifactRepository, openArtifacts } from "../../artifacts";
import { InvalidInputError, messages, now, type RunStatus, type TerminalStatus, type TrackbookError } from "../../core";
import type { TrackingStore } from "../../stores";
import { enqueued, flushAndReport, flushQueues, type RecordedRun, RunQueue } from "../recorder";

export interface OpenRunOptions {
  readonly store: TrackingStore;
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly artifactUri: string;
  /** Explicit: opened by `startRun` or named by MLFLOW_RUN_ID. Implicit: opened by the first verb or training. */
  readonly explicit: boolean;
  /** False when another process opened it: then that one ends it. */
  readonly owned: boolean;
  readonly params?: Readonly<Record<string, string>>;
}

/** A run that this process writes to: what the public `ActiveRun` stands for, and what autologging writes through. */
export class OpenRun implements RecordedRun {
  readonly store: TrackingStore;
  readonly id: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly artifactUri: string;
  readonly explicit: boolean;
  readonly owned: boolean;
  readonly queue = new RunQueue();
  readonly failures: TrackbookError[] = [];
  name: string;
  status: RunStatus = "RUNNING";
  /** No verb is accepted any more. */
  closed = false;
  /** Trainings that were given a place on this run, continuations not counted. */
  trainings = 0;
  /** Trainings under way. */
  readonly pending = new Set<Promise<unknown>>();
  readonly #params: Map<string, string>;
  readonly #metricKeys = new Set<string>();
  #artifacts: ArtifactRepository | undefined;

  constructor(options: OpenRunOptions) {
    this.store = options.store;
    this.id = options.id;
    this.name = options.name;
    this.experimentId = options.experimentId;
    this.experimentName = options.experimentName;
    this.artifactUri = options.artifactUri;
    this.explicit = options.explicit;
    this.owned = options.owned;
    this.#params = new Map(Object.entries(options.params ?? {}));
  }

  get artifacts(): ArtifactRepository {
    this.#artifacts ??= openArtifacts(this.artifactUri);
    return this.#artifacts;
  }

  /** True when `key` has named a metric of this run before, so that it need not be checked again. */
  knowsMetric(key: string): boolean {
    return this.#metricKeys.has(key);
  }

  metric(key: string, value: number, timestamp: number, step: number): void {
    this.#metricKeys.add(key);
    this.queue.addMetric(key, value, timestamp, step);
    enqueued(this);
  }

  /** @throws INVALID_PARAMETER_VALUE when this process knows another value of the param */
  param(key: string, value: string): void {
    this.checkParam(key, value);
    if (this.#params.has(key)) return;
    this.#params.set(key, value);
    this.queue.params.set(key, value);
    enqueued(this);
  }

  checkParam(key: string, value: string): void {
    const known = this.#params.get(key);
    if (known !== undefined && known !== value)
      throw new InvalidInputError(messages.paramChanged(key, this.id, known, value));
  }

  hasParam(key: string): boolean {
    return this.#params.has(key);
  }

  tag(key: string, value: string): void {
    if (key === "mlflow.runName") this.name = value;
    this.enqueue((queue) => queue.setTag(key, value));
  }

  /** Keeps text or bytes as an artifact; the bytes belong to the run from now on. */
  file(path: string, content: string | Uint8Array): void {
    this.enqueue((queue) => queue.files.push(() => this.artifacts.write(path, content)));
  }

  enqueue(add: (queue: RunQueue) => void): void {
    add(this.queue);
    enqueued(this);
  }

  /** Stores a status now; a terminal one with its end time. */
  setStatus(status: RunStatus): void {
    this.status = status;
    this.enqueue((queue) => {
      queue.status = status === "RUNNING" ? { status } : { status, endTime: now() };
    });
    flushQueues();
  }

  /** An implicit run whose training has finished ends later than it did when a verb writes to it again. */
  moveEnd(): void {
    if (this.status !== "RUNNING" && !this.explicit) this.queue.status ??= { status: this.status, endTime: now() };
  }

  /** Closes the run to verbs and stores its end: at once when it failed or was killed, else after the trainings under way. */
  async end(status: TerminalStatus): Promise<void> {
    this.closed = true;
    if (status === "FINISHED") while (this.pending.size > 0) await Promise.allSettled(this.pending);
    this.endNow(status);
    flushAndReport([this]);
  }

  /** The same without waiting: for the end of the process. */
  endNow(status: TerminalStatus): void {
    this.closed = true;
    if (this.owned && this.status === "RUNNING") this.setStatus(status);
    else flushQueues();
  }
}
