import { expect, test } from "vitest";
import type { Metric, RunEntity } from "../../../src/core";
import { describeComparison, describeMetric, describeRun } from "../../../src/view";

const metric = (key: string, step: number, value: number, timestamp = step): Metric => ({
  key,
  step,
  value,
  timestamp,
});

const run: RunEntity = {
  info: {
    runId: "a".repeat(32),
    runName: "otter",
    experimentId: "0",
    userId: "me",
    status: "FINISHED",
    startTime: 1000,
    endTime: 4000,
    artifactUri: "mlruns/0/a/artifacts",
    lifecycleStage: "deleted",
  },
  data: {
    params: { epochs: "3" },
    metrics: { loss: 1, r2: 0.9 },
    tags: {
      estimator_class: "tfjs.Sequential",
      "trackbook.source.segment": "train.ts:3-9",
      "mlflow.note.content": "best so far",
    },
    latestMetrics: [metric("loss", 2, 1), metric("r2", 0, 0.9)],
  },
  inputs: {
    datasetInputs: [
      {
        dataset: {
          name: "penguins",
          digest: "1a2b",
          sourceType: "code",
          source: "{}",
          profile: '{"features_shape":[333,4]}',
        },
        tags: { "mlflow.data.context": "train" },
      },
      { dataset: { name: "rest", digest: "3c4d", sourceType: "code", source: "{}", profile: "no JSON" }, tags: {} },
    ],
    modelInputs: [],
  },
  outputs: { modelOutputs: [] },
};

test("a stored run as a card", () => {
  const card = describeRun(run, { histories: { loss: [metric("loss", 0, 3), metric("loss", 2, 1)] }, now: 9000 });
  expect(card).toMatchObject({
    status: "FINISHED",
    estimator: "tfjs.Sequential",
    elapsedMs: 3000,
    data: "penguins 333 × 4 (train), rest",
    source: "train.ts:3-9",
    params: [["epochs", "3"]],
  });
  expect(card.notes?.map(({ text }) => text)).toEqual(["this run is deleted", "best so far"]);
  expect(card.metrics.map(({ key, points }) => [key, points.length])).toEqual([
    ["loss", 2],
    ["r2", 1],
  ]);
});

test("a run that is running has lasted until now", () => {
  const running = { ...run, info: { ...run.info, status: "RUNNING" as const, endTime: undefined } };
  expect(describeRun(running, { now: 9000 }).elapsedMs).toBe(8000);
});

test("histories come in order of step, and of several values at one step the last counts", () => {
  const history = [metric("loss", 1, 5, 30), metric("loss", 0, 9, 10), metric("loss", 1, 4, 20)];
  const chart = describeMetric("loss", [
    { run, history },
    { run, history: [] },
  ]);
  expect(chart.stepUnit).toBe("epoch");
  expect(chart.series.map(({ points }) => points.map(({ step, value }) => [step, value]))).toEqual([
    [
      [0, 9],
      [1, 5],
    ],
  ]);
});

test("runs side by side keep their order and what was asked for", () => {
  const comparison = describeComparison([{ run }, { run, histories: { loss: [metric("loss", 0, 1)] } }], {
    stepUnit: "batch",
  });
  expect(comparison.stepUnit).toBe("batch");
  expect(comparison.runs.map(({ histories }) => Object.keys(histories ?? {}))).toEqual([[], ["loss"]]);
});
