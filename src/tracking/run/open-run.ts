import type { ArtifactRepository } from "../../artifacts";
import {
  InvalidInputError,
  messages,
  now,
  type RunStatus,
  TAGS,
  type TerminalStatus,
  type TrackbookError,
} from "../../core";
import { type FileAction, performNow } from "../files";
import { enqueued, reportStored, flushQueues, type RecordedRun, recordFailure, RunQueue } from "../recorder";
import type { RecordingStore } from "../recording-store";
import { requireArtifacts } from "../tracking-uri";
import { trainingSuffix, trainingTag } from "./training-number";

export interface OpenRunOptions {
  readonly store: RecordingStore;
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
  /** Trainings that the run holds already. */
  readonly trainings?: number;
}

/** A run that this process writes to: what the public `ActiveRun` stands for, and what autologging writes through. */
export class OpenRun implements RecordedRun {
  readonly store: RecordingStore;
  readonly firstId: string;
  readonly experimentName: string;
  readonly explicit: boolean;
  readonly owned: boolean;
  readonly queue = new RunQueue();
  readonly failures: TrackbookError[] = [];
  readonly lost = new Map<string, number>();
  name: string;
  status: RunStatus = "RUNNING";
  /** No verb is accepted any more. */
  closed = false;
  /** Trainings that were given a place on this run, continuations not counted. */
  trainings: number;
  /** Trainings under way, and evaluations being read. */
  readonly pending = new Set<Promise<unknown>>();
  readonly #experimentId: string;
  readonly #artifactUri: string;
  readonly #params: Map<string, string>;
  readonly #metricKeys = new Set<string>();
  #artifacts: ArtifactRepository | undefined;
  #ended = false;

  constructor(options: OpenRunOptions) {
    this.store = options.store;
    this.firstId = options.id;
    this.name = options.name;
    this.#experimentId = options.experimentId;
    this.experimentName = options.experimentName;
    this.#artifactUri = options.artifactUri;
    this.explicit = options.explicit;
    this.owned = options.owned;
    this.trainings = options.trainings ?? 0;
    this.#params = new Map(Object.entries(options.params ?? {}));
  }

  /** The server's, as soon as that is known. */
  get id(): string {
    return this.#confirmed?.id ?? this.firstId;
  }

  get experimentId(): string {
    return this.#confirmed?.experimentId ?? this.#experimentId;
  }

  get artifactUri(): string {
    return this.#confirmed?.artifactUri ?? this.#artifactUri;
  }

  /** Its id is ours alone: no server has confirmed the run yet. */
  get provisional(): boolean {
    return this.store.spool?.isProvisional(this.firstId) ?? false;
  }

  get #confirmed() {
    return this.store.spool?.confirmed(this.firstId);
  }

  /** Its end was asked for and has been stored; an implicit run whose training has finished may still go on. */
  get ended(): boolean {
    return this.#ended;
  }

  get artifacts(): ArtifactRepository {
    this.#artifacts ??= requireArtifacts().openArtifacts(this.artifactUri);
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
    if (key === TAGS.runName) this.name = value;
    this.enqueue((queue) => queue.setTag(key, value));
  }

  /** Keeps text or bytes as an artifact; the bytes belong to the run from now on. */
  file(path: string, content: string | Uint8Array): void {
    this.enqueue((queue) => queue.files.push(() => this.perform({ kind: "content", path, content })));
  }

  /** Does what a files verb asks for, or sees to it that it is done. @throws as {@link requireStored} */
  perform(action: FileAction): void {
    const { spool } = this.store;
    if (spool) spool.keepFile({ run: this.firstId }, action);
    else {
      this.requireStored();
      performNow(this, action);
    }
  }

  /** A run that was removed under us gets no files: they would bring back a folder that is no run. @throws RESOURCE_DOES_NOT_EXIST */
  requireStored(): void {
    this.store.requireActiveRun?.(this.id);
  }

  enqueue(add: (queue: RunQueue) => void): void {
    add(this.queue);
    enqueued(this);
  }

  /**
   * Gives a training of this estimator its suffix, for it alone: workers and other processes that train on the run each take the next.
   * Nobody else knows of an implicit run.
   */
  beginTraining(estimatorName: string): string {
    do this.trainings += 1;
    while (this.explicit && !this.#claim(trainingTag(this.trainings), estimatorName));
    return trainingSuffix(this.trainings);
  }

  #claim(key: string, value: string): boolean {
    try {
      return this.store.claimTag(this.id, { key, value });
    } catch (error) {
      recordFailure(this, `tag "${key}"`, error);
      return true;
    }
  }

  /** Stores a status now; a terminal one with its end time. */
  setStatus(status: RunStatus): void {
    this.status = status;
    this.enqueue((queue) => {
      queue.status = status === "RUNNING" ? { status } : { status, endTime: now() };
    });
    flushQueues();
  }

  /** An implicit run whose training has finished ends later than it did: to be called before each verb writes to it. */
  moveEnd(): void {
    const { status } = this;
    if (status !== "RUNNING" && !this.explicit && !this.closed) this.queue.status = { status, endTime: now() };
  }

  /** Closes the run to verbs and stores its end: at once when it failed or was killed, else after the trainings under way. */
  async end(status: TerminalStatus): Promise<void> {
    this.closed = true;
    if (status === "FINISHED") while (this.pending.size > 0) await Promise.allSettled(this.pending);
    this.endNow(status);
    await reportStored([this]);
  }

  /** The same without waiting. The status that a run has ended with stays, unless FAILED or KILLED is said of a finished one. */
  endNow(status: TerminalStatus): void {
    this.closed = true;
    const isNews = this.status === "RUNNING" || (status !== "FINISHED" && status !== this.status);
    if (this.owned && !this.#ended && isNews) this.setStatus(status);
    else flushQueues();
    this.#ended = true;
  }
}
