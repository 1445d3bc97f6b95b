/**
 * A model that was loaded: how fast it answers in the program that loaded it, its signature enforced. Python asks a scikit-learn model through pyfunc in the
 * same rounds.
 *
 *     npm run build && tsx benchmarks/loaded-model.ts [--quick]
 */
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import { askedNode, askedPython } from "./support/asked-process";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers with predictions per second, or milliseconds. */
const OURS = `
const [built, store, packages] = process.argv.slice(1);
const { setTrackingUri, startRun, logModel, loadModel, inferSignature } = require(built);
const load = require("node:module").createRequire(packages);
setTrackingUri(store);
const names = ["alcohol", "pH", "sulphates", "density"];
const rowOf = () => Object.fromEntries(names.map((name) => [name, Math.random()]));
const one = [rowOf()];
const thousand = Array.from({ length: 1000 }, rowOf);
const timesOf = async (count, action) => {
  const start = performance.now();
  for (let index = 0; index < count; index++) await action();
  return (performance.now() - start) / count;
};
const plane = () => {
  const { MultivariateLinearRegression } = load("ml-regression");
  const rows = thousand.slice(0, 20).map((row) => Object.values(row));
  return new MultivariateLinearRegression(rows, rows.map(([a, b]) => [a - b]));
};
let model;
const loaded = async () => {
  const run = startRun();
  const { modelUri } = await logModel(plane(), "model", { signature: inferSignature(one, [[1]]) });
  await run.end();
  return loadModel(modelUri);
};
const questions = {
  one: async () => 1000 / (await timesOf(20000, () => model.predict(one))),
  thousand: () => timesOf(200, () => model.predict(thousand)),
};
require("node:readline").createInterface({ input: process.stdin })
  .on("line", async (question) => {
    model ??= await loaded();
    console.log(JSON.stringify(await questions[question]()));
  });`;

const PYTHON = `
import json, random, sys, time
import mlflow, pandas as pd
from sklearn.linear_model import LinearRegression
names = ["alcohol", "pH", "sulphates", "density"]
thousand = pd.DataFrame([{name: random.random() for name in names} for _ in range(1000)])
one = thousand.head(1)
mlflow.sklearn.save_model(LinearRegression().fit(thousand, thousand["pH"]), sys.argv[1], input_example=one, pip_requirements=["scikit-learn"])
model = mlflow.pyfunc.load_model(sys.argv[1])
def seconds(count, action):
    start = time.perf_counter()
    for _ in range(count):
        action()
    return (time.perf_counter() - start) / count
questions = {
    "one": lambda: 1 / seconds(100, lambda: model.predict(one)),
    "thousand": lambda: 1000 * seconds(100, lambda: model.predict(thousand)),
}
for question in sys.stdin:
    print(json.dumps(questions[question.strip()]()), flush=True)
`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const ours = askedNode(OURS, [built, join(folder, "ours"), join(REPOSITORY, "package.json")]);
  const python = askedPython(PYTHON, [join(folder, "python")]);
  const times: Record<string, number[]> = { one: [], thousand: [], "Python one": [], "Python thousand": [] };
  for (let round = isQuick ? 3 : 15; round > 0; round--) {
    for (const question of ["one", "thousand"]) {
      times[question]?.push(await ours.ask(question));
      times[`Python ${question}`]?.push(await python.ask(question));
    }
  }
  await Promise.all([ours.end(), python.end()]);
  const middle = (name: string): number => median(times[name] ?? []);
  const peer = (name: string) => ({ name: "Python", value: middle(`Python ${name}`) });
  return [
    {
      name: "predictions of a loaded linear model, one row",
      value: middle("one"),
      unit: "/s",
      limit: { atLeast: 50_000 },
      peer: peer("one"),
    },
    {
      name: "the same, 1,000 rows",
      value: middle("thousand"),
      unit: "ms",
      limit: { atMost: 2 },
      peer: peer("thousand"),
    },
  ];
}

void runBenchmark(measure);
