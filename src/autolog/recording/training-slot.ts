import { globalSlot, type TerminalStatus } from "../../core";
import {
  activeOrInherited,
  explicitRun,
  implicitRun,
  isRunOfThisPlace,
  lastRun,
  noteEnded,
  noteOpened,
  type OpenRun,
  openImplicitRun,
  setImplicitRun,
} from "../../tracking";

/** Says of a run that something of autolog's own went wrong. */
export const WARNING_TAG = "trackbook.autolog.warning";

/** How far a model has been trained on its run; shared by all trainings that continue one another. */
export interface ModelHistory {
  readonly run: OpenRun;
  /** The integration's name. */
  readonly library: string;
  /** `""` for the first training of a run, `-k` for the k-th. */
  readonly suffix: string;
  /** The hyperparameters that must be equal for a later training to continue this one. */
  readonly identity: string;
  pending: boolean;
  failed: boolean;
  epochs: number;
  steps: number;
  /** Trainings so far, the present one included. */
  trainings: number;
  evaluations: number;
  modelId: string | undefined;
  /** The model's folder below the run's artifacts. */
  modelFolder: string | undefined;
  /** Whether the model has been, or is going to be, registered. */
  registered: boolean;
}

/** A training's place: on which run, under which suffix, and what was there before of the same model. */
export interface TrainingSlot {
  readonly history: ModelHistory;
  /** True when this goes on with a training of the same model. */
  readonly continues: boolean;
  /** Epochs and steps (batches) of the trainings that this one continues. */
  readonly epochsBefore: number;
  readonly stepsBefore: number;
}

const histories = globalSlot("model-histories", () => new WeakMap<object, ModelHistory>());

/** The run that trained `model`, and how far. */
export const historyOf = (model: object): ModelHistory | undefined => histories.get(model);

/** Remembers which run trains `model`, as soon as the model is known. */
export function rememberModel(model: object, history: ModelHistory): void {
  histories.set(model, history);
}

/**
 * Chooses a training's run, by the rules of the active run: a training of the same model with equal hyperparameters continues its run; an explicit
 * run is joined; so is an implicit one that has held no training yet; every other training opens a run of its own. `undefined` when
 * no run could be opened.
 */
export function openSlot(
  model: object | undefined,
  { library, estimatorName, identity }: { library: string; estimatorName: string; identity: string },
): TrainingSlot | undefined {
  const active = activeOrInherited();
  const explicit = explicitRun();
  const before = model && histories.get(model);
  if (before && mayContinue(before, identity, explicit)) {
    if (!before.run.explicit) resume(before.run);
    before.pending = true;
    before.trainings += 1;
    return { history: before, continues: true, epochsBefore: before.epochs, stepsBefore: before.steps };
  }
  const run = explicit ?? (active && isFresh(active) ? active : openImplicitRun());
  if (!run) return undefined;
  const history: ModelHistory = {
    run,
    library,
    suffix: run.beginTraining(estimatorName),
    identity,
    pending: true,
    failed: false,
    epochs: 0,
    steps: 0,
    trainings: 1,
    evaluations: 0,
    modelId: undefined,
    modelFolder: undefined,
    registered: false,
  };
  if (model) rememberModel(model, history);
  return { history, continues: false, epochsBefore: 0, stepsBefore: 0 };
}

/** Ends the slot: an implicit run is stored with its end at once, and a failed one is not used again. */
export function closeSlot({ history }: TrainingSlot, status: TerminalStatus): void {
  history.pending = false;
  history.failed = status !== "FINISHED";
  const { run } = history;
  if (run.explicit || run.ended) return;
  run.setStatus(status);
  noteEnded(run);
  if (history.failed && implicitRun() === run) setImplicitRun(undefined);
}

/** Ends the run of a training that was interrupted before it had begun: nothing else would. */
export function closeAbandoned(): void {
  const run = lastRun();
  if (!run || run.explicit || run.status !== "RUNNING" || run.pending.size > 0) return;
  // An active run that holds no training yet waits for the next one.
  if (run === implicitRun() && isFresh(run)) return;
  run.setStatus("KILLED");
  noteEnded(run);
  if (implicitRun() === run) setImplicitRun(undefined);
}

function mayContinue(before: ModelHistory, identity: string, explicit: OpenRun | undefined): boolean {
  if (before.pending || before.failed || before.identity !== identity || before.run.closed) return false;
  return before.run.explicit ? before.run === explicit : explicit === undefined && isRunOfThisPlace(before.run);
}

const isFresh = (run: OpenRun): boolean => run.trainings === 0;

function resume(run: OpenRun): void {
  run.setStatus("RUNNING");
  noteOpened(run);
  setImplicitRun(run);
}
