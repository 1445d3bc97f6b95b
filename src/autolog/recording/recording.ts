import { globalSlot, now, type TerminalStatus } from "../../core";
import type { Integration, TrainingCall, TrainingOutcome, TrainingPlan } from "../../libraries";
import type { ModelSnapshot } from "../../models";
import { currentRuntime, whenAborted } from "../../runtime";
import { beforeRunsEnd, flushQueues, insideTraining, markBusy, onStopTraining, shortPlace } from "../../tracking";
import { describeShape } from "./data-shape";
import { emitTraining, type Training, type TrainingResult } from "../events";
import { optionsFor, type ResolvedOptions } from "../options";
import { ProgressSink } from "./progress-sink";
import { type FaultReport, guarded, swallow } from "../session";
import { captureSource } from "./source";
import { textsOf, TrainingLog } from "./training-log";
import { closeAbandoned, closeSlot, openSlot, rememberModel, type TrainingSlot } from "./training-slot";

/** A training call that a hook has caught. */
export interface CaughtCall
  extends Pick<TrainingCall, "library" | "libraryVersion" | "estimator" | "method" | "self" | "args"> {
  readonly integration: Integration;
  readonly begin: (call: TrainingCall) => TrainingPlan | undefined;
  /** The file of the user's own copy of the library in which the hook stands. */
  readonly libraryFile?: string;
  /** Names of arguments that the hook could not see. */
  readonly lost: readonly string[];
  /** When the training began, if that was before now. */
  readonly startTime?: number;
}

const counter = globalSlot("training-counter", () => ({ last: 0 }));

/** One training while it is recorded: begun before the original runs, ended before its result is handed on. */
export class Recording {
  /** What the original is to be called with. */
  readonly #args: readonly unknown[];
  readonly #integration: Integration;
  readonly #libraryFile: string | undefined;
  readonly #plan: TrainingPlan;
  readonly #slot: TrainingSlot;
  readonly #options: ResolvedOptions;
  readonly #log: TrainingLog;
  readonly #training: Training;
  readonly #release: ((status: TerminalStatus) => void)[] = [];
  readonly #report: FaultReport;
  readonly #cameBack: () => void;
  #model: object | undefined;
  #stopped = false;
  #announced = false;
  #closed = false;

  /** `undefined` when the call is no training after all, or no run could be opened. */
  static begin(caught: CaughtCall): Recording | undefined {
    const library = caught.integration.name;
    const options = optionsFor(library);
    const sink = new ProgressSink();
    const plan = caught.begin({
      ...caught,
      complete: caught.lost.length === 0,
      options: { ...options, everyNSteps: options.everyNSteps },
      progress: sink,
    });
    if (!plan) return undefined;
    const params = textsOf(plan.params);
    const cameBack = whenAborted(closeAbandoned);
    let slot: TrainingSlot | undefined;
    try {
      const { estimatorName } = plan;
      const identity = identityOf(caught, plan, params);
      slot = openSlot(plan.model ?? caught.self, { library, estimatorName, identity });
      return slot && new Recording(caught, plan, params, slot, options, sink);
    } catch (fault) {
      if (slot) closeSlot(slot, "FAILED");
      throw fault;
    } finally {
      cameBack();
    }
  }

  private constructor(
    caught: CaughtCall,
    plan: TrainingPlan,
    params: Readonly<Record<string, string>>,
    slot: TrainingSlot,
    options: ResolvedOptions,
    sink: ProgressSink,
  ) {
    this.#integration = caught.integration;
    this.#libraryFile = caught.libraryFile;
    this.#plan = plan;
    this.#slot = slot;
    this.#options = options;
    this.#model = plan.model ?? caught.self;
    this.#args = plan.args ?? caught.args;
    this.#log = new TrainingLog(slot, params, options);
    this.#report = this.#log.report;
    this.#cameBack = whenAborted(() => this.#abort());
    this.#training = this.#describe(caught, params, caught.startTime ?? now());
    this.#try("logging the hyperparameters", () => this.#log.start(caught, plan, params));
    sink.connect(this.#training, this.#log, this.#report);
    this.#release.push(
      markBusy(),
      onStopTraining(slot.history.run, () => this.#stop(sink)),
      beforeRunsEnd(() => this.#flush()),
    );
    if (plan.holdsLoop) this.#release.push(currentRuntime().letSignalsPass());
    this.#announced = true;
    emitTraining({ type: "started", training: this.#training }, this.#report);
    // A training that holds the loop must not hold back what was logged before it.
    flushQueues();
    this.#try("describing the data", () => this.#log.data(plan.data ?? []));
  }

  /** Calls the original, once. */
  train(original: (args: readonly unknown[]) => unknown): unknown {
    return insideTraining(this.#slot.history.run, () => currentRuntime().callInterruptibly(() => original(this.#args)));
  }

  /** Ends the recording of a synchronous training with its result. */
  finish(result: unknown): void {
    this.#adopt(result);
    const outcome = this.#try(
      "reading the trained model",
      () => this.#plan.finish(this.#end(result)) as TrainingOutcome,
    );
    const snapshot = this.#try("keeping the model", () => this.#snapshot() as ModelSnapshot | undefined);
    this.#succeed(outcome, snapshot);
  }

  /** The same for a training that was waited for. */
  async finishLater(result: unknown): Promise<void> {
    this.#adopt(result);
    const outcome = await this.#tryLater("reading the trained model", () => this.#plan.finish(this.#end(result)));
    const snapshot = await this.#tryLater("keeping the model", () => this.#snapshot());
    this.#succeed(outcome, snapshot);
  }

  /** Keeps the run from ending before `training` has settled. */
  holdOpen(training: Promise<unknown>): void {
    this.#cameBack();
    const { pending } = this.#slot.history.run;
    const settled: Promise<unknown> = training.then(
      () => pending.delete(settled),
      () => pending.delete(settled),
    );
    pending.add(settled);
  }

  fail(error: unknown): void {
    if (!this.#stopped) this.#try("recording the error", () => this.#log.failed(error));
    this.#close(this.#stopped ? "KILLED" : "FAILED", {}, error);
  }

  #describe(caught: CaughtCall, params: Readonly<Record<string, string>>, startTime: number): Training {
    const { history, epochsBefore } = this.#slot;
    const { run, suffix } = history;
    const plan = this.#plan;
    counter.last += 1;
    return {
      id: counter.last,
      runId: run.id,
      runName: run.name,
      experimentId: run.experimentId,
      experimentName: run.experimentName,
      library: caught.integration.name,
      estimatorName: plan.estimatorName,
      estimatorClass: `${caught.integration.name}.${plan.estimatorName}`,
      params,
      epochs: plan.epochs,
      suffix,
      epochOffset: epochsBefore,
      startTime,
      source: this.#options.logSource
        ? this.#try("recording the source", () => captureSource(this.#slot, caught.method, this.#report))
        : undefined,
      dataShape: this.#try("describing the data", () => describeShape(plan.data?.[0]?.data)),
      store: shortPlace(run.store.uri),
    };
  }

  /** A constructor's model is known only now. */
  #adopt(result: unknown): void {
    if (this.#model || typeof result !== "object" || result === null) return;
    this.#model = result;
    rememberModel(result, this.#slot.history);
  }

  #end(result: unknown): { result: unknown; model: object } {
    return { result, model: this.#model as object };
  }

  #snapshot(): ModelSnapshot | Promise<ModelSnapshot> | undefined {
    const { flavor } = this.#integration;
    return this.#options.logModels && this.#model ? flavor?.snapshot(this.#model) : undefined;
  }

  #succeed(outcome: TrainingOutcome = {}, snapshot?: ModelSnapshot): void {
    const { metrics = {}, notes = [] } =
      this.#try("logging the result", () => {
        this.#log.outcome(outcome);
        return { metrics: outcome.metrics, notes: outcome.notes };
      }) ?? {};
    const model =
      snapshot &&
      this.#try("keeping the model", () => this.#log.model(this.#integration, snapshot, outcome, this.#libraryFile));
    const allNotes = model?.note ? [...notes, model.note] : notes;
    this.#close(this.#stopped ? "KILLED" : "FINISHED", { metrics, notes: allNotes, model: model?.kept });
  }

  #close(status: TerminalStatus, summary: Partial<TrainingResult>, error?: unknown): void {
    for (const release of this.#release.splice(0)) release(status);
    this.#flush();
    this.#try("ending the run", () => closeSlot(this.#slot, status));
    this.#closed = true;
    const result = { metrics: {}, notes: [], ...summary, status, endTime: now(), error };
    if (this.#announced) emitTraining({ type: "ended", training: this.#training, result }, this.#report);
    this.#cameBack();
  }

  /** The cell was interrupted, in the training or in what we do before and after it. */
  #abort(): void {
    if (!this.#closed) this.#close("KILLED", {});
  }

  #flush(): void {
    this.#try("logging the progress", () => this.#plan.flush?.());
  }

  #stop(sink: ProgressSink): void {
    this.#stopped = true;
    sink.stopRequested = true;
    this.#try("stopping the training", () => this.#plan.stop?.());
  }

  #try<T>(what: string, fn: () => T): T | undefined {
    return guarded(what, fn, this.#report);
  }

  async #tryLater<T>(what: string, fn: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await this.#try(what, fn);
    } catch (error) {
      swallow(what, error, this.#report);
      return undefined;
    }
  }
}

/**
 * What must be equal for a training to continue an earlier one: all hyperparameters but the number of epochs and the first one.
 */
function identityOf({ integration }: CaughtCall, plan: TrainingPlan, params: Readonly<Record<string, string>>): string {
  const { epochs: _epochs, initial_epoch: _initial, initialEpoch: _first, ...rest } = params;
  return JSON.stringify([integration.name, plan.estimatorName, rest]);
}
