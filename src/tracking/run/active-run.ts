import {
  InvalidInputError,
  messages,
  type RunStatus,
  TERMINAL_STATUSES,
  type TerminalStatus,
  validateStatus,
} from "../../core";
import { makeRich } from "../../runtime";
import { reportStored } from "../recorder";
import { FileWriter } from "./file-writer";
import type { OpenRun } from "./open-run";
import { renderOpenRun } from "./run-display";
import { implicitRun, noteEnded, removeRun, setImplicitRun } from "./run-stack";
import { isInsideTrainingOf } from "./training-context";

const handles = new WeakMap<OpenRun, ActiveRun>();
const runs = new WeakMap<ActiveRun, OpenRun>();

/** The public face of `run`: the same object each time. */
export function handleOf(run: OpenRun): ActiveRun {
  let handle = handles.get(run);
  if (!handle) {
    handle = new ActiveRun(run);
    handles.set(run, handle);
  }
  return handle;
}

/** What stands behind the public face. */
const openRunOf = (handle: ActiveRun): OpenRun => runs.get(handle) as OpenRun;

/**
 * Takes `run` off its stack and ends it. The promise rejects with what was not stored; nobody has to await it. In a callback of a training on the run it resolves
 * before the run has ended: the training waits for the callback, which must not wait for the training.
 */
export function endRunOf(run: OpenRun, status: TerminalStatus): Promise<void> {
  removeRun(run);
  const ended = run.end(status).finally(() => noteEnded(run));
  ended.catch(() => {});
  if (!isInsideTrainingOf(run)) return ended;
  const stored = reportStored([run]);
  stored.catch(() => {});
  return stored;
}

/** The same at once, nobody being told what was not stored: the next `flush()` tells it. */
export function endUnasked(run: OpenRun, status: TerminalStatus): void {
  removeRun(run);
  run.endNow(status);
  noteEnded(run);
}

/** Ends the active implicit run; one whose training is still under way takes no more verbs and is ended by that training. */
export function endImplicitRun(): void {
  const run = implicitRun();
  if (!run) return;
  setImplicitRun(undefined);
  run.closed = true;
  if (run.pending.size === 0) endUnasked(run, "FINISHED");
}

/**
 * A run that is being written; shows itself as a card where it is a cell's last expression. `startRun` and `activeRun` give it, the same
 * object for the same run each time.
 */
export class ActiveRun extends FileWriter {
  /** @internal */
  constructor(run: OpenRun) {
    super();
    runs.set(this, run);
  }

  /** 32 hexadecimal digits. */
  get id(): string {
    return this.#run.id;
  }

  get name(): string {
    return this.#run.name;
  }

  get experimentId(): string {
    return this.#run.experimentId;
  }

  /** Where the run's artifacts are. */
  get artifactUri(): string {
    return this.#run.artifactUri;
  }

  get status(): RunStatus {
    return this.#run.status;
  }

  /** True while the id is ours alone because no server has confirmed the run yet; never with a local store. */
  get provisional(): boolean {
    return this.#run.provisional;
  }

  /**
   * Ends the run, after the trainings under way on it. Resolves when everything is stored, rejects with what was not.
   * Ending it twice is fine.
   */
  end(status: TerminalStatus = "FINISHED"): Promise<void> {
    validateStatus(status, TERMINAL_STATUSES);
    return endRunOf(this.#run, status);
  }

  /** Ends the run FINISHED: `await using run = startRun()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  protected override target(verb: string): OpenRun {
    const run = this.#run;
    if (run.closed) throw new InvalidInputError(messages.runEnded(run.id, verb));
    return run;
  }

  protected override targetIfOpen(): OpenRun | undefined {
    return this.#run.closed ? undefined : this.#run;
  }

  get #run(): OpenRun {
    return openRunOf(this);
  }

  static {
    makeRich(ActiveRun.prototype, {
      render: (run, style) => renderOpenRun(openRunOf(run), style),
      summarize: ({ id, name, status }) => `ActiveRun ${name} (${id.slice(0, 8)}) ${status}`,
    });
  }
}
