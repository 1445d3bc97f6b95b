import type { RunTableRow } from "../../../../src/view";
import { DAY, NOW } from "./moments";

/** Four runs of two estimators: two finished, one that runs, one that failed. */
export const penguins: readonly RunTableRow[] = [
  {
    runId: "9d2f6c11a7b84f0e8d6a3c5b7e9f0a12",
    name: "brave-heron-88",
    status: "FINISHED",
    estimator: "RandomForestClassifier",
    startTime: NOW - 120_000,
    durationMs: 412,
    params: { nEstimators: "100", maxFeatures: "0.8", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.98412, training_log_loss: 0.0823 },
  },
  {
    runId: "7f1c0a9be0c94b2f8b6f0c6f0f5a2d11",
    name: "spirited-otter-412",
    status: "RUNNING",
    estimator: "tfjs.Sequential",
    startTime: NOW - 3104,
    durationMs: 3104,
    params: { learning_rate: "0.01", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.961 },
    href: "http://127.0.0.1:5000/#/experiments/1/runs/7f1c",
  },
  {
    runId: "3be07f55c1d24e6f9a8b7c6d5e4f3a21",
    name: "calm-lynx-7",
    status: "FINISHED",
    estimator: "RandomForestClassifier",
    startTime: NOW - 3 * 3_600_000,
    durationMs: 121,
    params: { nEstimators: "25", maxFeatures: "0.8", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.973, training_log_loss: 0.1204 },
  },
  {
    runId: "c0ffee00d15ea5e0b16b00b5deadbeef",
    name: "wry-gull-230",
    status: "FAILED",
    estimator: "tfjs.Sequential",
    startTime: NOW - 2 * DAY,
    durationMs: 603,
    params: { learning_rate: "10", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.3303, training_log_loss: Number.NaN },
  },
];

/** Runs of one estimator, a week apart. */
export function manyRuns(count: number): readonly RunTableRow[] {
  return Array.from({ length: count }, (_, index) => ({
    runId: `${(index + 10).toString(16).padStart(8, "0")}a7b84f0e8d6a3c5b7e9f0a12`,
    name: `run-${index + 1}`,
    status: "FINISHED" as const,
    estimator: "PolynomialRegression",
    startTime: NOW - (index + 1) * 7 * DAY,
    durationMs: 8 + index * 3,
    params: { degree: String(index + 1), intercept: "true" },
    metrics: {
      training_mae: 12.5 / (index + 1) + 0.4,
      training_r2_score: 1 - 0.5 / (index + 1),
      n_terms: index * 1000,
    },
  }));
}
