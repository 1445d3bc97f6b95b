import type { TrainingProgress } from "../libraries";
import { now } from "../core";
import { emitTraining, type Training } from "./events";
import type { TrainingLog } from "./training-log";

/** Takes a running training's epochs and steps to its run and to whoever watches. Never throws. */
export class ProgressSink implements TrainingProgress {
  stopRequested = false;
  #report: ((type: "epoch" | "step", index: number, metrics: Readonly<Record<string, number>>) => void) | undefined;

  /** From now on what is reported goes to `log`; `attempt` guards every report. */
  connect(training: Training, log: TrainingLog, attempt: (what: string, fn: () => void) => void): void {
    this.#report = (type, index, metrics) =>
      attempt("logging the progress", () => {
        const time = now();
        const total = log.progress(type, index, metrics, time);
        emitTraining({ type, training, index: total, metrics, time });
      });
  }

  epoch(epoch: number, metrics: Readonly<Record<string, number>>): void {
    this.#report?.("epoch", epoch, metrics);
  }

  step(step: number, metrics: Readonly<Record<string, number>>): void {
    this.#report?.("step", step, metrics);
  }
}
