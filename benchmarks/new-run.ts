/**
 * Opening a run, by itself and with 20 params, until it is stored. Python MLflow does the same in the same rounds.
 *
 *     npm run build && tsx benchmarks/new-run.ts [--quick]
 */
import { join } from "node:path";
import { askedNode, askedPython } from "./support/asked-process";
import { BARE_RUN } from "./support/bare-run";
import type { Figure } from "./support/figure";
import { runBenchmark, type Setting } from "./support/setting";
import { median } from "./support/statistics";

/** Answers with the milliseconds of each of ten; the run's end is not in them. */
const OURS = `
const { setTrackingUri, startRun, logParams, flush } = require(process.argv[1]);
setTrackingUri(process.argv[2]);
const params = Object.fromEntries(Array.from({ length: 20 }, (_, index) => ["param_" + index, index / 7]));
require("node:readline").createInterface({ input: process.stdin }).on("line", async (question) => {
  const times = [];
  for (let count = 0; count < 10; count++) {
    const start = performance.now();
    const run = startRun();
    if (question === "params") {
      logParams(params);
      await flush();
    }
    times.push(performance.now() - start);
    await run.end();
  }
  console.log(JSON.stringify(times));
});`;

/** The same of the folders and files alone. */
const BARE = `${BARE_RUN}
const [, experiment] = process.argv;
mkdirSync(experiment);
const keys = Array.from({ length: 20 }, (_, index) => "params/param_" + index);
require("node:readline").createInterface({ input: process.stdin }).on("line", (question) => {
  const times = [];
  for (let count = 0; count < 10; count++) {
    const start = performance.now();
    const folder = makeRun(experiment, question === "params" ? keys : []);
    times.push(performance.now() - start);
    endRun(folder);
  }
  console.log(JSON.stringify(times));
});`;

const PYTHON = `
import json, sys, time
from mlflow.entities import Param
from mlflow.tracking import MlflowClient
client = MlflowClient(sys.argv[1])
params = [Param("param_%d" % index, str(index / 7)) for index in range(20)]
for question in sys.stdin:
    times = []
    for _ in range(10):
        start = time.perf_counter()
        run = client.create_run("0")
        if question.strip() == "params":
            client.log_batch(run.info.run_id, params=params)
        times.append((time.perf_counter() - start) * 1000)
        client.set_terminated(run.info.run_id)
    print(json.dumps(times), flush=True)
`;

async function measure({ built, folder, isQuick }: Setting): Promise<Figure[]> {
  const ours = askedNode(OURS, [built, join(folder, "ours")]);
  const python = askedPython(PYTHON, [join(folder, "python")]);
  const bare = askedNode(BARE, [join(folder, "bare")]);
  const times = { plain: [] as number[], params: [] as number[] };
  const bareTimes = { plain: [] as number[], params: [] as number[] };
  const pythonTimes = { plain: [] as number[], params: [] as number[] };
  const kinds = ["plain", "params"] as const;
  for (let round = isQuick ? 5 : 30; round > 0; round--) {
    for (const kind of kinds) {
      times[kind].push(...(await ours.ask<number[]>(kind)));
      bareTimes[kind].push(...(await bare.ask<number[]>(kind)));
      pythonTimes[kind].push(...(await python.ask<number[]>(kind)));
    }
  }
  await Promise.all([ours.end(), bare.end(), python.end()]);
  const figure = (name: string, kind: "plain" | "params", atMost: number): Figure => ({
    name,
    value: median(times[kind]),
    unit: "ms",
    limit: { atMost },
    peer: { name: "Python", value: median(pythonTimes[kind]) },
    bound: { name: "its folders and files alone", value: median(bareTimes[kind]) },
  });
  return [figure("new run", "plain", 1), figure("new run with 20 params", "params", 2)];
}

void runBenchmark(measure);
