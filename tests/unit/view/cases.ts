import {
  type ConfusionMatrix,
  confusionMatrixView,
  type DatasetLine,
  datasetLineView,
  type ExperimentList,
  experimentListView,
  type HistoryPoint,
  type MetricChart,
  type ModelCard,
  metricChartView,
  modelCardView,
  type Rendered,
  type RunCard,
  type RunComparison,
  type RunTable,
  type RunTableRow,
  render,
  runCardView,
  runComparisonView,
  runTableView,
  type View,
} from "../../../src/view";

/** The instant from which every case is seen. */
export const NOW = Date.UTC(2026, 10, 22, 9, 40, 39);

const ID = "7f1c0a9be0c94b2f8b6f0c6f0f5a2d11";

/** A history by formula, the same on every machine. */
export function history(count: number, value: (step: number) => number): readonly HistoryPoint[] {
  return Array.from({ length: count }, (_, step) => ({ step, value: value(step) }));
}

const wobble = (step: number): number => Math.sin(step * 12.9898) * 0.5;
const loss = (step: number): number => 0.08 + 1.08 * Math.exp(-step / 7) + 0.012 * wobble(step);
const validationLoss = (step: number): number => 0.12 + 1.15 * Math.exp(-step / 7.5) + 0.014 * wobble(step + 3);
const accuracy = (step: number): number => 1 - 0.68 * Math.exp(-step / 6) - 0.006 * Math.abs(wobble(step));

/** A training card while it runs. */
export const training: RunCard = {
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

const model = {
  name: "model",
  flavor: "tfjs",
  signature: "float32[-1, 4] → float32[-1, 3]",
  size: 12_480,
  path: "mlruns/4b2f/7f1c0a9b/artifacts/model",
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

const DAY = 86_400_000;
const runIds = [
  "9d2f6c11a7b84f0e8d6a3c5b7e9f0a12",
  ID,
  "3be07f55c1d24e6f9a8b7c6d5e4f3a21",
  "c0ffee00d15ea5e0b16b00b5deadbeef",
];

const penguins: readonly RunTableRow[] = [
  {
    runId: runIds[0] ?? "",
    name: "brave-heron-88",
    status: "FINISHED",
    estimator: "RandomForestClassifier",
    startTime: NOW - 120_000,
    durationMs: 412,
    params: { nEstimators: "100", maxFeatures: "0.8", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.98412, training_log_loss: 0.0823 },
  },
  {
    runId: ID,
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
    runId: runIds[2] ?? "",
    name: "calm-lynx-7",
    status: "FINISHED",
    estimator: "RandomForestClassifier",
    startTime: NOW - 3 * 3_600_000,
    durationMs: 121,
    params: { nEstimators: "25", maxFeatures: "0.8", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.973, training_log_loss: 0.1204 },
  },
  {
    runId: runIds[3] ?? "",
    name: "wry-gull-230",
    status: "FAILED",
    estimator: "tfjs.Sequential",
    startTime: NOW - 2 * DAY,
    durationMs: 603,
    params: { learning_rate: "10", seed: "42", replacement: "true" },
    metrics: { training_accuracy: 0.3303, training_log_loss: Number.NaN },
  },
];

/** Every case of the run table. */
export const runTables: Readonly<Record<string, RunTable>> = {
  penguins: { title: "penguins", order: "newest first", rows: penguins },
  empty: { title: "penguins", rows: [] },
  "one-run": { title: "penguins", rows: penguins.slice(0, 1) },
  more: {
    title: "cars",
    order: "best training_mae first",
    total: 142,
    moreCall: "showRuns({ maxResults: 200 })",
    rows: manyRuns(5),
  },
  "all-columns": { title: "penguins", rows: penguins.slice(0, 2), allColumns: true },
  "500-runs": { title: "sweep", rows: manyRuns(500) },
  "80-columns": {
    title: "wide",
    rows: penguins.map((row, index) => ({
      ...row,
      params: Object.fromEntries(Array.from({ length: 80 }, (_, key) => [`param_${key}`, String(key * index)])),
    })),
  },
  "wide-characters": {
    rows: [
      { ...(penguins[0] as RunTableRow), name: "企鹅 🐧 分類器" },
      { ...(penguins[2] as RunTableRow), name: "plain" },
    ],
  },
  hostile: {
    title: "<script>alert(1)</script>",
    order: "<i>",
    moreCall: "<more>",
    total: 9,
    rows: penguins.map((row, index) => ({
      ...row,
      name: "<img src=x onerror=alert(2)>\u001b[2J",
      estimator: "<est>",
      href: "javascript:alert(3)",
      params: { "<img onerror>": `"><script>${index}`, ["__proto__"]: "<proto>", same: "<same>" },
      metrics: { "<loss>": index },
    })),
  },
};

function manyRuns(count: number): readonly RunTableRow[] {
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

const compared = penguins.slice(0, 3).map((row, index) => ({
  ...row,
  metrics: { ...row.metrics, epochs_run: 40 },
  histories: {
    loss: history(40, (step) => loss(step) * (1 + index * 0.4)),
    accuracy: history(40, (step) => accuracy(step) - index * 0.05),
  },
}));

/** Every case of the comparison. */
export const runComparisons: Readonly<Record<string, RunComparison>> = {
  penguins: { title: "penguins", runs: compared, stepUnit: "epoch" },
  two: { runs: manyRuns(2) },
  "all-rows": { runs: manyRuns(2), allRows: true },
  empty: { runs: [] },
  "12-runs": {
    runs: manyRuns(12).map((row, index) => ({
      ...row,
      histories: Object.fromEntries(
        ["loss", "val_loss", "acc", "val_acc", "lr"].map((key) => [
          key,
          history(2000, (step) => loss(step / 50) * (1 + index / 9)),
        ]),
      ),
    })),
  },
  hostile: {
    title: "<t>",
    runs: penguins.slice(0, 2).map((row, index) => ({
      ...row,
      name: "<img onerror>",
      params: { "<p>": `<v${index}>` },
      metrics: {},
      histories: { "<h>": history(5, loss) },
    })),
  },
};

/** Every case of the metric chart. */
export const metricCharts: Readonly<Record<string, MetricChart>> = {
  three: {
    key: "val_loss",
    stepUnit: "epoch",
    series: compared.map(({ name, runId, histories }) => ({ name, runId, points: histories.loss })),
  },
  log: {
    key: "loss",
    logScale: true,
    series: [
      { name: "steep", points: history(60, (step) => 40 * 0.8 ** step) },
      { name: "flat", points: history(60, (step) => 3 / (step + 1)) },
    ],
  },
  smoothed: {
    key: "reward",
    smoothing: 0.9,
    series: [
      { name: "noisy", points: history(400, (step) => step / 40 + 4 * wobble(step)) },
      { name: "noisier", points: history(400, (step) => step / 60 + 9 * wobble(step + 7)) },
    ],
  },
  "one-point": { key: "training_r2_score", series: [{ name: "calm-lynx-7", points: [{ step: 0, value: 0.6926 }] }] },
  nan: {
    key: "loss",
    series: [{ name: "diverging", points: history(20, (step) => (step < 8 || step > 12 ? loss(step) : Number.NaN)) }],
  },
  empty: { key: "loss", series: [{ name: "nothing", points: history(3, () => Number.NaN) }] },
  "12-runs": {
    key: "acc",
    series: Array.from({ length: 12 }, (_, index) => ({
      name: `run-${index + 1}`,
      points: history(5000, (step) => accuracy(step / 150) - index * 0.03),
    })),
  },
  hostile: { key: "<img onerror>", series: [{ name: '"><script>', points: history(5, loss) }], stepUnit: "<unit>" },
};

/** Every case of the confusion matrix. */
export const confusionMatrices: Readonly<Record<string, ConfusionMatrix>> = {
  penguins: {
    labels: ["Adelie", "Chinstrap", "Gentoo"],
    counts: [
      [143, 3, 0],
      [5, 62, 1],
      [0, 0, 119],
    ],
    title: "training confusion matrix",
  },
  binary: {
    labels: ["false", "true"],
    counts: [
      [1240, 31],
      [88, 12_004],
    ],
  },
  digits: {
    labels: Array.from({ length: 10 }, (_, digit) => String(digit)),
    counts: Array.from({ length: 10 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => (row === column ? 95 - row : (row * column) % 3)),
    ),
  },
  long: {
    labels: ["a class with a long name", "企鹅 🐧", "<img onerror>"],
    counts: [
      [4, 1, 0],
      [0, 7, 0],
      [2, 0, 9],
    ],
  },
  empty: { labels: [], counts: [] },
  "40-classes": {
    labels: Array.from({ length: 40 }, (_, row) => `class ${row}`),
    counts: Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: 40 }, (_, column) => (row === column ? 20 : 0)),
    ),
  },
};

/** Every case of the model card. */
export const modelCards: Readonly<Record<string, ModelCard>> = {
  full: {
    ...model,
    modelId: "m-1f2e3d4c5b6a79880716253443526170",
    runName: "spirited-otter-412",
    loadCall: 'await loadModel("runs:/7f1c0a9be0c94b2f8b6f0c6f0f5a2d11/model")',
  },
  bare: { name: "model" },
  hostile: {
    name: "<img onerror>",
    flavor: "<f>",
    signature: "<s>",
    path: "<p>\u0007",
    runName: "<r>",
    loadCall: "<c>",
    modelId: "<i>",
  },
};

/** Every case of the experiment list. */
export const experimentLists: Readonly<Record<string, ExperimentList>> = {
  three: {
    total: 12,
    moreCall: "searchExperiments({ maxResults: 100 })",
    rows: [
      {
        experimentId: "481739201748392017",
        name: "penguins",
        runCount: 4,
        lastUpdateTime: NOW - 3104,
        href: "http://127.0.0.1:5000/#/experiments/1",
      },
      { experimentId: "918273645546372819", name: "cars", runCount: 1204, lastUpdateTime: NOW - 9 * DAY },
      { experimentId: "0", name: "Default", isDeleted: true },
    ],
  },
  empty: { rows: [] },
  hostile: { rows: [{ experimentId: "<id>", name: "<img onerror>", href: "javascript:alert(1)" }] },
};

/** Every case of the dataset line. */
export const datasetLines: Readonly<Record<string, DatasetLine>> = {
  full: {
    name: "penguins",
    digest: "1a2b3c4d",
    rowCount: 333,
    columnCount: 4,
    context: "train",
    source: "vega-datasets",
  },
  bare: { name: "dataset" },
  hostile: { name: "<img onerror>", digest: "<d>", context: "<c>", source: "<s>\u001b[1m" },
};

/** A case in all its forms. */
export interface GalleryCase extends Rendered {
  readonly name: string;
}

/** Every case of every view, rendered. */
export function galleryCases(now: number): readonly GalleryCase[] {
  const all = <D>(kind: string, view: View<D>, cases: Readonly<Record<string, D>>): GalleryCase[] =>
    Object.entries(cases).map(([name, description]) => ({
      name: `${kind}-${name}`,
      ...render(view, description, { now }),
    }));
  return [
    ...all("run-card", runCardView, runCards),
    ...all("run-table", runTableView, runTables),
    ...all("run-comparison", runComparisonView, runComparisons),
    ...all("metric-chart", metricChartView, metricCharts),
    ...all("confusion-matrix", confusionMatrixView, confusionMatrices),
    ...all("model-card", modelCardView, modelCards),
    ...all("experiment-list", experimentListView, experimentLists),
    ...all("dataset-line", datasetLineView, datasetLines),
  ];
}
