import { now } from "../../core";
import type { TrainingProgress } from "../../libraries";
import { emitTraining, type Training } from "../events";
import { type FaultReport, guarded, swallow } from "../session";
import type { TrainingLog } from "./training-log";

const PROGRESS = "logging the progress";

/** Takes a running training's epochs and steps to its run and to whoever watches. Never throws. */
export class ProgressSink implements TrainingProgress {
  stopRequested = false;
  #tell: ((type: "epoch" | "step", index: number, metrics: Readonly<Record<string, number>>) => void) | undefined;
  #report: FaultReport | undefined;

  /** From now on what is told goes to `log`. */
  connect(training: Training, log: TrainingLog, report: FaultReport): void {
    this.#report = report;
    this.#tell = (type, index, metrics) => {
      const time = now();
      const total = guarded(PROGRESS, () => log.progress(type, index, metrics, time), report);
      if (total !== undefined) emitTraining({ type, training, index: total, metrics, time }, report);
    };
  }

  epoch(epoch: number, metrics: Readonly<Record<string, number>>): void {
    this.#tell?.("epoch", epoch, metrics);
  }

  step(step: number, metrics: Readonly<Record<string, number>>): void {
    this.#tell?.("step", step, metrics);
  }

  fault(error: unknown): void {
    swallow(PROGRESS, error, this.#report);
  }
}
