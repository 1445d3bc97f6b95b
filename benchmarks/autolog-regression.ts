/**
 * What autolog adds to a small training of ml.js: multivariate linear regression on 1,000 and 10,000 rows of 10 numbers. Each process
 * trains twice; beside it one that trains without trackbook, and Python's autolog on scikit-learn's linear regression of 1,000 rows.
 *
 *     npm run build && tsx benchmarks/autolog-regression.ts [--quick]
 */
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import { askedNode, askedPython } from "./support/asked-process";
import { BARE_RUN } from "./support/bare-run";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

const DATA = `
const random = (seed) => () => ((seed = (seed * 16807) % 2147483647) / 2147483647);
const dataOf = (rows) => {
  const next = random(rows);
  const x = Array.from({ length: rows }, () => Array.from({ length: 10 }, next));
  return [x, x.map((row) => [row.reduce((sum, value) => sum + value, 0) + next()])];
};`;

/** Answers each line, a number of rows, with the milliseconds of a training. Work that was put off is done between them. */
const OURS = `
const [, built, folder, libraries, options] = process.argv;
const trackbook = options === "plain" ? undefined : require(built);
trackbook?.setTrackingUri(folder);
const { MultivariateLinearRegression } = require(libraries);
trackbook?.autolog(JSON.parse(options));
${DATA}
require("node:readline").createInterface({ input: process.stdin }).on("line", async (rows) => {
  const [x, y] = dataOf(Number(rows));
  const start = performance.now();
  new MultivariateLinearRegression(x, y);
  const end = performance.now();
  await trackbook?.flush();
  console.log(end - start);
});`;

/**
 * The same of what cannot be done without: a copy of the data, the model's own predictions for them, and the folders and files of a run with
 * two params, five metrics and six tags.
 */
const BARE = `
const [, experiment, libraries] = process.argv;
const { MultivariateLinearRegression } = require(libraries);
${BARE_RUN}
mkdirSync(experiment, { recursive: true });
const keys = ["params/a", "params/b", ..."abcde".split("").map((key) => "metrics/" + key), "tags/a", "tags/b"];
${DATA}
const copy = (rows) => {
  const width = rows[0].length;
  const values = new Float64Array(rows.length * width);
  let at = 0;
  for (const row of rows) for (let column = 0; column < width; column++) values[at++] = row[column];
  return values;
};
require("node:readline").createInterface({ input: process.stdin }).on("line", (rows) => {
  const [x, y] = dataOf(Number(rows));
  const model = new MultivariateLinearRegression(x, y);
  const start = performance.now();
  const folder = makeRun(experiment, keys);
  const copies = [copy(x), copy(y)];
  const predicted = model.predict(x);
  endRun(folder);
  console.log(performance.now() - start);
});`;

const PYTHON = `
import json, logging, sys, time
import mlflow, numpy
from sklearn.linear_model import LinearRegression
logging.disable(logging.WARNING)
mlflow.set_tracking_uri(sys.argv[1])
x = numpy.random.rand(1000, 10)
y = x.sum(1)
options = {"plain": None, "without": {"log_models": False}, "with": {}}
for question in sys.stdin:
    given = options[question.strip()]
    mlflow.sklearn.autolog(silent=True, disable=given is None, **(given or {}))
    start = time.perf_counter()
    LinearRegression().fit(x, y)
    print(json.dumps((time.perf_counter() - start) * 1000), flush=True)
`;

const KINDS = ["plain", "without", "with"] as const;
type Kind = (typeof KINDS)[number];
const ROWS = [1_000, 10_000] as const;

const OPTIONS: Record<Kind, string> = {
  plain: "plain",
  without: JSON.stringify({ logModels: false }),
  with: "{}",
};

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const libraries = join(REPOSITORY, "node_modules/ml-regression");
  const python = askedPython(PYTHON, [join(folder, "python")]);
  const pythonTimes: Record<Kind, number[]> = { plain: [], without: [], with: [] };
  const first = ROWS.map((): Record<Kind, number[]> => ({ plain: [], without: [], with: [] }));
  const second = ROWS.map((): Record<Kind, number[]> => ({ plain: [], without: [], with: [] }));
  const bare = ROWS.map((): number[] => []);
  const rounds = isQuick ? 3 : 9;
  for (let round = 0; round < rounds; round++) {
    for (const [index, rows] of ROWS.entries()) {
      for (const kind of KINDS) {
        const ours = askedNode(OURS, [built, join(folder, "ours"), libraries, OPTIONS[kind]]);
        first[index]?.[kind].push(await ours.ask(String(rows)));
        second[index]?.[kind].push(await ours.ask(String(rows)));
        await ours.end();
      }
      const alone = askedNode(BARE, [join(folder, "bare"), libraries]);
      await alone.ask(String(rows));
      bare[index]?.push(await alone.ask(String(rows)));
      await alone.end();
    }
    if (round < 3) for (const kind of KINDS) pythonTimes[kind].push(await python.ask(kind));
  }
  await python.end();
  const added = (times: Record<Kind, number[]> | undefined, kind: Kind) =>
    times ? median(times[kind]) - median(times.plain) : Number.NaN;
  return ROWS.flatMap((rows, index): Figure[] => {
    const figure = (what: string, value: number, atMost: number, kind: Kind): Figure => ({
      name: `autolog on a small ml.js fit, ${rows.toLocaleString("en")} × 10: ${what}`,
      value,
      unit: "ms",
      limit: { atMost },
      peer: { name: "Python, 1,000 × 10", value: added(pythonTimes, kind) },
    });
    return [
      {
        ...figure("second, without model", added(second[index], "without"), 5, "without"),
        bound: { name: "copy of the data, predictions, files alone", value: median(bare[index] ?? []) },
      },
      figure("second, with model", added(second[index], "with"), 15, "with"),
      figure("first", added(first[index], "with"), 60, "with"),
    ];
  });
}

void runBenchmark(measure);
