import { expect, test } from "vitest";
import type { LoggedModel, Metric, RunEntity, RunStatus } from "../../../src/core";
import { describeComparison, describeMetric, describeRun, describeRuns, runCardView } from "../../../src/view";

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

const model: LoggedModel = {
  modelId: "m-1",
  experimentId: "0",
  name: "forest",
  artifactLocation: "mlruns/0/a/artifacts/forest",
  creationTimestamp: 1000,
  lastUpdatedTimestamp: 1000,
  status: "READY",
  lifecycleStage: "active",
  params: {},
  tags: {},
  metrics: [],
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
  for (const status of ["RUNNING", "SCHEDULED"] as const) {
    const resumed = { ...run, info: { ...run.info, status } };
    expect(describeRun(resumed, { now: 9000 }).elapsedMs).toBe(8000);
    expect(describeRuns([resumed], { now: 9000 }).rows[0]?.durationMs).toBe(8000);
    expect(describeComparison([{ run: resumed }], { now: 9000 }).runs[0]?.durationMs).toBe(8000);
  }
});

test("a stored run that failed says why; one that is taken up again no more", () => {
  const tags = { "trackbook.error": "ValueError: input expected a batch" };
  const withStatus = (status: RunStatus) => ({ ...run, info: { ...run.info, status }, data: { ...run.data, tags } });
  expect(describeRun(withStatus("FAILED"), { now: 9000 }).error).toBe("ValueError: input expected a batch");
  expect(describeRun(withStatus("RUNNING"), { now: 9000 }).error).toBeUndefined();
});

test("every call that a card offers exists", () => {
  const card = describeRun(run, { models: [model], now: 9000 });
  expect(card.model).toMatchObject({ name: "forest", modelId: "m-1" });
  expect(JSON.stringify(card)).not.toMatch(/await (?!showRun|compareRuns|showMetric)\w+\(/);
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
    now: 9000,
  });
  expect(comparison.stepUnit).toBe("batch");
  expect(comparison.runs.map(({ histories }) => Object.keys(histories ?? {}))).toEqual([[], ["loss"]]);
});

test("a metric whose history was not read among others that were has no best", () => {
  const card = describeRun(run, { histories: { loss: [metric("loss", 0, 3), metric("loss", 2, 1)] }, now: 9000 });
  const text = runCardView.text(card, { now: 9000 });
  expect(text).toMatch(/loss .* 1.* 1/);
  expect(text).toMatch(/r2 .*0\.9 +—/);
});
