import type { HistoryPoint } from "../../../../src/view";

/** A history by formula, the same on every machine. */
export function history(count: number, value: (step: number) => number): readonly HistoryPoint[] {
  return Array.from({ length: count }, (_, step) => ({ step, value: value(step) }));
}

/** Noise between -0.5 and 0.5. */
export const wobble = (step: number): number => Math.sin(step * 12.9898) * 0.5;

/** A loss, step by step. */
export const loss = (step: number): number => 0.08 + 1.08 * Math.exp(-step / 7) + 0.012 * wobble(step);

/** A loss on data that was not trained on. */
export const validationLoss = (step: number): number => 0.12 + 1.15 * Math.exp(-step / 7.5) + 0.014 * wobble(step + 3);

/** An accuracy, step by step. */
export const accuracy = (step: number): number => 1 - 0.68 * Math.exp(-step / 6) - 0.006 * Math.abs(wobble(step));
