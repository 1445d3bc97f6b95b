import { isBeingTrained, isTensor, type LayersModelLike } from "./layers-model";
import type { HistoryLike } from "./epoch-recorder";
import { fitOptions, type EarlyStoppingLike } from "./params";
import type { TrainingCall } from "../integration";

type Metrics = Readonly<Record<string, number>>;

/**
 * From what `evaluate` and `evaluateDataset` return: a scalar for the loss, or a list in the order of `metricsNames`. Read at
 * once where the backend can, else begun at once: the caller may dispose the scalars right after.
 */
export function evaluationMetrics({
  self,
  result,
}: {
  readonly self: object;
  readonly result: unknown;
}): Metrics | Promise<Metrics> | undefined {
  const model = self as LayersModelLike;
  // fitDataset validates by calling evaluate: those numbers are in the epoch's logs.
  if (isBeingTrained(model)) return undefined;
  const names = model.metricsNames ?? ["loss"];
  const scalars = [result].flat().filter(isTensor);
  const metricsOf = (values: readonly ArrayLike<number>[]): Metrics =>
    Object.fromEntries(values.map((data, index) => [`validation_${names[index] ?? index}`, data[0] as number]));
  try {
    return metricsOf(scalars.map((scalar) => scalar.dataSync()));
  } catch {
    // WebGPU reads asynchronously only.
    return Promise.all(scalars.map((scalar) => scalar.data())).then(metricsOf);
  }
}

/** How a training ended other than planned, as metrics and in words. */
export interface Ending {
  readonly metrics: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** Looks for an early end and for losses that became NaN. */
export function endingOf(call: TrainingCall, history: HistoryLike, stopping: EarlyStoppingLike | undefined): Ending {
  const notes = [...stopNotes(call, history, stopping), ...nanNotes(history)];
  // MLflow's name (mlflow/tensorflow/autologging.py).
  const stoppedEpoch = stopping && hasStopped(stopping) ? history.epoch.at(-1) : undefined;
  return { metrics: stoppedEpoch === undefined ? {} : { stopped_epoch: stoppedEpoch }, notes };
}

function stopNotes(
  call: TrainingCall,
  { epoch }: HistoryLike,
  stopping: EarlyStoppingLike | undefined,
): readonly string[] {
  const planned = fitOptions(call).epochs ?? 1;
  const last = epoch.at(-1);
  if (last === undefined || typeof planned !== "number" || last + 1 >= planned) return [];
  const where = `Stopped after epoch ${last + 1} of ${planned}`;
  if (call.progress.stopRequested) return [`${where}: interrupted.`];
  if (!stopping || !hasStopped(stopping)) return [`${where} by a callback.`];
  const best =
    typeof stopping.best === "number" && Number.isFinite(stopping.best)
      ? `, best ${Number(stopping.best.toPrecision(4))}`
      : "";
  const patience = stopping.wait === 1 ? "the last epoch" : `${stopping.wait} epochs`;
  return [`${where}: ${stopping.monitor} had not improved for ${patience}${best}.`];
}

/** tfjs' own mark, `stoppedEpoch`, cannot tell a stop in the first epoch from none. */
const hasStopped = ({ wait, patience }: EarlyStoppingLike): boolean =>
  wait !== undefined && wait > 0 && wait >= patience;

const nanNotes = ({ epoch, history }: HistoryLike): readonly string[] =>
  ["loss", "val_loss"].flatMap((name) => {
    const index = (history[name] ?? []).findIndex((value) => Number.isNaN(value));
    return index < 0 ? [] : [`${name} became NaN in epoch ${(epoch[index] ?? index) + 1}.`];
  });
