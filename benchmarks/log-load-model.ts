/**
 * Keeping a model and loading it again, in one process: a linear regression, and a network of 25 million weights (100 MB). Each time the model is logged on a
 * run, stored, and loaded by its `runs:/` address. Beside it Python's `log_model` and `load_model` of scikit-learn's linear regression.
 *
 *     npm run build && tsx benchmarks/log-load-model.ts [--quick]
 */
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import { askedNode, askedPython } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers each line, `small` or `large`, with the milliseconds of logging and loading. */
const OURS = `
const [, built, folder, libraries] = process.argv;
const trackbook = require(built);
const { MultivariateLinearRegression } = require(libraries + "/ml-regression");
const tf = require(libraries + "/@tensorflow/tfjs");
trackbook.setTrackingUri(folder);
const x = Array.from({ length: 100 }, (_, row) => [row, row % 7]);
const models = {
  small: () => new MultivariateLinearRegression(x, x.map(([a, b]) => [a + b])),
  large: () => tf.sequential({ layers: [tf.layers.dense({ units: 5000, inputShape: [5000], useBias: false, kernelInitializer: "zeros" })] }),
};
require("node:readline").createInterface({ input: process.stdin }).on("line", async (kind) => {
  const model = models[kind]();
  const run = trackbook.startRun();
  const start = performance.now();
  await trackbook.logModel(model, "model");
  await trackbook.flush();
  const logged = performance.now();
  const loaded = await trackbook.loadModel("runs:/" + run.id + "/model");
  const end = performance.now();
  if (kind === "large") for (const one of [model, loaded.unwrap()]) one.dispose();
  await run.end();
  console.log(JSON.stringify({ log: logged - start, load: end - logged }));
});`;

const PYTHON = `
import json, logging, sys, time
import mlflow, numpy
from sklearn.linear_model import LinearRegression
logging.disable(logging.WARNING)
mlflow.set_tracking_uri(sys.argv[1])
model = LinearRegression().fit(numpy.random.rand(100, 2), numpy.random.rand(100))
for _ in sys.stdin:
    with mlflow.start_run():
        start = time.perf_counter()
        info = mlflow.sklearn.log_model(model, name="model", serialization_format="cloudpickle")
        logged = time.perf_counter()
        mlflow.pyfunc.load_model(info.model_uri)
        end = time.perf_counter()
    print(json.dumps({"log": (logged - start) * 1000, "load": (end - logged) * 1000}), flush=True)
`;

interface Times {
  readonly log: number;
  readonly load: number;
}

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const ours = askedNode(OURS, [built, join(folder, "ours"), join(REPOSITORY, "node_modules")]);
  const python = askedPython(PYTHON, [join(folder, "python")]);
  const times: Record<"small" | "large" | "python", Times[]> = { small: [], large: [], python: [] };
  // The first of each kind loads what it needs.
  for (const kind of ["small", "large"]) await ours.ask(kind);
  for (let round = 0; round < (isQuick ? 2 : 5); round++) {
    for (let again = 0; again < 10; again++) times.small.push(await ours.ask<Times>("small"));
    times.large.push(await ours.ask<Times>("large"));
    if (round < 2) times.python.push(await python.ask<Times>());
  }
  await ours.end();
  await python.end();
  const both = (kind: keyof typeof times) => median(times[kind].map(({ log, load }) => log + load));
  return [
    {
      name: "log and load a small model",
      value: both("small"),
      unit: "ms",
      limit: { atMost: 15 },
      peer: { name: "Python", value: both("python") },
    },
    { name: "log and load a model of 100 MB", value: both("large"), unit: "ms", limit: { atMost: 1000 } },
  ];
}

void runBenchmark(measure);
