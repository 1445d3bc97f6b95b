import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "../../scripts/repository";
import { runPython } from "./served";

const OURS = `
const [, built, folder, libraries] = process.argv;
const { inferSignature, saveModel } = require(built);
const { MultivariateLinearRegression } = require(libraries + "/ml-regression");
const { RandomForestRegression } = require(libraries + "/ml-random-forest");
let seed = 1;
const next = () => ((seed = (seed * 16807) % 2147483647) / 2147483647);
const x = Array.from({ length: 500 }, () => Array.from({ length: 10 }, next));
const y = x.map((row) => row.reduce((sum, value, index) => sum + value * index, 1));
const table = x.map((row) => Object.fromEntries(row.map((value, index) => ["x" + index, value])));
(async () => {
  const linear = new MultivariateLinearRegression(x, y.map((value) => [value]));
  await saveModel(linear, folder + "/linear", { signature: inferSignature(table, y) });
  const forest = new RandomForestRegression({ nEstimators: 100, seed: 1, noOOB: true });
  forest.train(x, y);
  await saveModel(forest, folder + "/forest", { signature: inferSignature(table, y) });
})();`;

const PYTHON = `
import sys, mlflow, numpy, pandas
from mlflow.models import infer_signature
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
folder = sys.argv[1]
x = pandas.DataFrame(numpy.random.rand(500, 10), columns=[f"x{i}" for i in range(10)])
y = x.to_numpy() @ numpy.arange(10) + 1
for name, model in [("linear", LinearRegression()), ("forest", RandomForestRegressor(n_estimators=100, random_state=1))]:
    model.fit(x, y)
    mlflow.sklearn.save_model(model, f"{folder}/{name}", signature=infer_signature(x, y), pip_requirements=["scikit-learn"], serialization_format="cloudpickle")
`;

/** The same models on both sides, as `linear` and `forest` in the folders: ten columns of numbers; the forest has 100 trees. */
export function makeModels(built: string, ours: string, python: string): void {
  execFileSync(process.execPath, ["-e", OURS, built, ours, join(REPOSITORY, "node_modules")], { stdio: "pipe" });
  runPython(PYTHON, [python], python);
}

/** A request for so many rows of these models. */
export function rowsRequest(rows: number): string {
  const columns = Array.from({ length: 10 }, (_, index) => `x${index}`);
  const data = Array.from({ length: rows }, (_, row) => columns.map((_, index) => ((row * 31 + index * 17) % 97) / 97));
  return JSON.stringify({ dataframe_split: { columns, data } });
}
