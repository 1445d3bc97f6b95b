/**
 * From the command to the first prediction: `trackbook models serve` of a linear regression and of a TensorFlow.js network, each asked until it answers.
 * Beside them `mlflow models serve` of scikit-learn's linear regression.
 *
 *     npm run build && tsx benchmarks/scoring-start.ts [--quick]
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../scripts/repository";
import type { Figure } from "./support/figure";
import { firstAnswer, freePort, type Served, startOurs, startPython } from "./support/served";
import { makeModels, rowsRequest } from "./support/served-models";
import { runBenchmark, type Setting } from "./support/setting";
import { elapsedTime, median } from "./support/statistics";

const NETWORK = `
const [, built, folder, libraries] = process.argv;
const tf = require(libraries + "/@tensorflow/tfjs");
const { inferSignature, saveModel } = require(built);
const model = tf.sequential({ layers: [tf.layers.dense({ units: 16, inputShape: [10] }), tf.layers.dense({ units: 1 })] });
saveModel(model, folder + "/network", { signature: inferSignature(tf.zeros([1, 10]), tf.zeros([1, 1])) });`;

const TENSOR = JSON.stringify({ inputs: [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]] });

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const [ours, python] = [join(folder, "ours"), join(folder, "python")];
  for (const made of [ours, python]) mkdirSync(made);
  makeModels(built, ours, python);
  execFileSync(process.execPath, ["-e", NETWORK, built, ours, join(REPOSITORY, "node_modules")], { stdio: "pipe" });
  const times: Record<"linear" | "network" | "python", number[]> = { linear: [], network: [], python: [] };
  // The first round brings the files into the system's cache.
  for (let round = 0; round <= (isQuick ? 1 : 7); round++) {
    const linear = await startTime((port) => startOurs(built, ours, "linear", port), rowsRequest(1));
    const network = await startTime((port) => startOurs(built, ours, "network", port), TENSOR);
    if (round === 0) continue;
    times.linear.push(linear);
    times.network.push(network);
    if (round <= 3) times.python.push(await startTime((port) => startPython(python, "linear", port), rowsRequest(1)));
  }
  const figure = (name: string, value: number, atMost: number): Figure => ({
    name: `models serve, cold start to the first answer: ${name}`,
    value,
    unit: "ms",
    limit: { atMost },
    peer: { name: "Python, linear model", value: median(times.python) },
  });
  return [figure("linear model", median(times.linear), 500), figure("TensorFlow.js", median(times.network), 2500)];
}

async function startTime(start: (port: number) => Served, body: string): Promise<number> {
  const port = await freePort();
  let server: Served | undefined;
  try {
    return await elapsedTime(() => {
      server = start(port);
      return firstAnswer(server, body);
    });
  } finally {
    await server?.end();
  }
}

void runBenchmark(measure);
