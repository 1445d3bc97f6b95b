import type { RunCard } from "../../../../src/view";
import { accuracy, history, loss, validationLoss } from "./histories";
import { model } from "./model-cards";

const ID = "7f1c0a9be0c94b2f8b6f0c6f0f5a2d11";

/** A training card while it runs. */
const training: RunCard = {
  runId: ID,
  name: "spirited-otter-412",
  experiment: "penguins",
  status: "RUNNING",
  activity: "training",
  estimator: "tfjs.Sequential",
  progress: { done: 27, total: 40, unit: "epoch" },
  elapsedMs: 3104,
  rate: 8.7,
  etaMs: 1494,
  metrics: [
    { key: "loss", points: history(27, loss) },
    { key: "val_loss", points: history(27, validationLoss) },
    { key: "acc", points: history(27, accuracy) },
    { key: "val_acc", points: history(27, (step) => accuracy(step) - 0.02) },
  ],
  params: [
    ["optimizer", "adam"],
    ["learning_rate", "0.01"],
    ["batch_size", "32"],
    ["loss", "categoricalCrossentropy"],
    ["layers", "3 · 211 weights"],
  ],
  data: "333 × 4",
  store: "mlruns",
  source: "cell 5",
};

/** Every case of the run card. */
export const runCards: Readonly<Record<string, RunCard>> = {
  training,
  "training-without-total": {
    ...training,
    progress: { done: 412, unit: "step" },
    etaMs: undefined,
    rate: 0.4,
    params: [],
  },
  "just-started": {
    ...training,
    metrics: [],
    progress: { done: 0, total: 40, unit: "epoch" },
    elapsedMs: 12,
    rate: undefined,
    etaMs: undefined,
  },
  finished: {
    ...training,
    status: "FINISHED",
    progress: { done: 40, total: 40, unit: "epoch" },
    elapsedMs: 4612,
    etaMs: undefined,
    metrics: [
      { key: "loss", points: history(40, loss) },
      { key: "val_loss", points: history(40, validationLoss) },
      { key: "acc", points: history(40, accuracy) },
      { key: "val_acc", points: history(40, (step) => accuracy(step) - 0.02) },
    ],
    model,
    artifacts: ["model_summary.txt", "training_confusion_matrix.svg", "source/segment.ts"],
    link: { href: "http://127.0.0.1:5000/#/experiments/1/runs/7f1c0a9be0c94b2f8b6f0c6f0f5a2d11" },
  },
  "finished-regression": {
    runId: ID,
    name: "calm-lynx-7",
    experiment: "cars",
    status: "FINISHED",
    estimator: "SimpleLinearRegression",
    elapsedMs: 12,
    metrics: [
      { key: "training_mean_squared_error", points: [{ step: 0, value: 18.676616 }] },
      { key: "training_r2_score", points: [{ step: 0, value: 0.6926 }] },
      { key: "training_root_mean_squared_error", points: [{ step: 0, value: 4.32165 }] },
    ],
    params: [],
    data: "392 × 1",
    model: { ...model, flavor: "ml-regression", signature: "double[-1] → double[-1]", size: 312 },
    store: "mlruns",
    source: "train.ts:12-18",
    link: { command: "npx trackbook ui" },
  },
  "early-stop": {
    ...training,
    status: "FINISHED",
    progress: { done: 12, total: 40, unit: "epoch" },
    etaMs: undefined,
    metrics: training.metrics.map((metric) => ({ ...metric, points: metric.points.slice(0, 12) })),
    notes: [{ text: "stopped early at epoch 12: val_loss did not improve for 5 epochs" }],
  },
  nan: {
    ...training,
    progress: { done: 6, total: 40, unit: "epoch" },
    metrics: [
      { key: "loss", points: history(6, (step) => (step < 3 ? loss(step) * 10 ** step : Number.NaN)) },
      { key: "val_loss", points: history(6, () => Number.NaN) },
      { key: "acc", points: history(6, () => 0.3333) },
      { key: "gradient_norm", points: history(6, (step) => (step < 4 ? 3.2 ** (step * 3) : Number.POSITIVE_INFINITY)) },
    ],
    notes: [{ text: "loss became NaN at epoch 3", tone: "warning" }],
  },
  failed: {
    ...training,
    status: "FAILED",
    etaMs: undefined,
    metrics: training.metrics.slice(0, 2).map((metric) => ({ ...metric, points: metric.points.slice(0, 9) })),
    progress: { done: 9, total: 40, unit: "epoch" },
    error:
      "Error: Error when checking target: expected dense_2 to have shape [,3] but got array with shape [333,4].\n    at standardizeInputData (training.ts:142:13)\n    at Sequential.fit (models.ts:760:24)",
    notes: [{ text: "model left out: 312 MB > 100 MB", tone: "warning" }],
  },
  killed: {
    ...training,
    status: "KILLED",
    etaMs: undefined,
    metrics: training.metrics.slice(0, 1),
    notes: [{ text: "stopped by SIGINT" }],
  },
  scheduled: { runId: ID, name: "waiting-wren-3", status: "SCHEDULED", metrics: [], params: [] },
  "long-name": {
    ...training,
    name: `a-very-long-run-name-${"that-goes-on-".repeat(18)}until-nobody-reads-it`,
    experiment: `an experiment ${"with a long name ".repeat(8)}`,
    estimator: "tfjs.SomeSubclassOfLayersModelWithAVeryLongClassNameIndeed",
    params: [[`a.very.long.param.name.${"nested.".repeat(10)}leaf`, "x".repeat(400)], ...training.params],
    metrics: [{ key: `validation_${"deeply_nested_".repeat(6)}loss`, points: history(27, loss) }, ...training.metrics],
  },
  "60-metrics": {
    ...training,
    metrics: Array.from({ length: 60 }, (_, index) => ({
      key: `head_${index}_${index % 2 ? "accuracy" : "loss"}`,
      points: history(500, (step) => (index % 2 ? accuracy(step / 12) : loss(step / 12)) * (1 + index / 40)),
    })),
  },
  "300-params": {
    ...training,
    params: Array.from(
      { length: 300 },
      (_, index) =>
        [`layer_${index}.units`, index % 7 ? String(index * 16) : `{"units":${index},"activation":"relu"}`] as const,
    ),
  },
  "wide-characters": {
    ...training,
    name: "実験 ペンギン 🐧 分類",
    experiment: "企鹅",
    params: [
      ["学習率", "0.01"],
      ["最適化", "アダム 🚀"],
      ["batch_size", "32"],
    ],
    metrics: [
      { key: "損失", points: history(27, loss) },
      { key: "精度_accuracy", points: history(27, accuracy) },
    ],
  },
  hostile: {
    ...training,
    name: '<img src=x onerror="alert(1)">',
    experiment: "</b><script>alert(2)</script>",
    estimator: "\u001b[31mred\u001b[0m",
    params: [
      ["<img onerror=alert(3)>", "\"><svg onload='alert(4)'>"],
      ["ansi", "\u001b]0;owned\u0007text\u0000\r\nnext\tline"],
    ],
    metrics: [{ key: "<loss & 'more'>", points: history(27, loss) }],
    data: "<b>data</b>",
    notes: [{ text: "<i>note</i>" }],
    error: "<u>error</u>\n<s>stack</s>\u001b[2J",
    model: { name: "<model>", path: "<path>" },
    artifacts: ["<file>"],
    store: "<store>",
    source: "<source>",
    link: { href: "javascript:alert(5)", command: "<command>" },
    status: "FAILED",
  },
};
